import type { StoreName } from './worldStore.ts'

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

/** What may happen to a PC, or to its line for a while. */
export const PC_FAULTS = [
  'line-down-for-a-while',
  'answers-lost-for-a-while',
  'pc-dies',
  'pc-dies-at-a-statement',
  'pc-dies-in-a-write',
  'pc-restarts',
  'clock-jumps-hours',
  'clock-jumps-years',
  'store-put-back',
  'disk-full',
  'disk-read-only',
  'disk-error',
  'disk-busy',
  'poison-operation',
] as const

/** What may happen at the centre. */
export const CENTRE_FAULTS = [
  'service-dies-at-a-statement',
  'case-granted',
  'case-taken-away',
  'caseload-moves',
  'rows-imported',
  'row-deleted',
  'row-unreadable',
] as const

/** What a whole office has from its first day. */
export const OFFICE_FAULTS = ['service-takes-little', 'caseload-of-many', 'field-of-tomorrow'] as const

/** What may happen to the centre's database where it is a real one. */
export const DATABASE_FAULTS = ['database-dies'] as const

export type Fault =
  | LineFault
  | (typeof PC_FAULTS)[number]
  | (typeof CENTRE_FAULTS)[number]
  | (typeof OFFICE_FAULTS)[number]
  | (typeof DATABASE_FAULTS)[number]
/** What may happen whatever the service rests on. */
export const FAULTS: readonly Fault[] = [...LINE_FAULTS, ...PC_FAULTS, ...CENTRE_FAULTS, ...OFFICE_FAULTS]

export const faultsOver = (store: StoreName): readonly Fault[] =>
  store === 'postgres' ? [...FAULTS, ...DATABASE_FAULTS] : FAULTS
