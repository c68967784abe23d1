/** What may go wrong with one request on its way. */
export const LINE_FAULTS = [
  'unreachable',
  'request-lost',
  'answer-lost',
  'request-doubled',
  'request-late',
  'answer-slow',
  'answer-cut',
  'answer-garbled',
  'portal-page',
  'proxy-redirect',
  'proxy-sign-in',
  'gateway-502',
  'gateway-504',
  'service-408',
  'service-413',
  'service-429',
  'service-500',
  'service-503',
] as const
export type LineFault = (typeof LINE_FAULTS)[number]

/** What may happen to a PC, to the service or to the line for a while. */
export const WORLD_FAULTS = [
  'line-down-for-a-while',
  'answers-lost-for-a-while',
  'service-dies-at-a-statement',
  'pc-dies',
  'pc-dies-at-a-statement',
  'pc-restarts',
  'clock-jumps-hours',
  'clock-jumps-years',
  'store-put-back',
  'disk-full',
  'disk-read-only',
  'disk-error',
  'disk-busy',
  'case-granted',
  'case-taken-away',
  'caseload-moves',
  'poison-operation',
] as const
export type WorldFault = (typeof WORLD_FAULTS)[number]

export type Fault = LineFault | WorldFault
export const FAULTS: readonly Fault[] = [...LINE_FAULTS, ...WORLD_FAULTS]
