import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { SERVICE_HEADER, SERVICE_NAME } from '../../shared/sync/protocol.ts'
import { type Refusal, refusal } from './refusal.ts'

const unreadable = refusal(400, 'INVALID', 'This is not a request that can be read.')
const longHeader = refusal(431, 'TOO_LARGE', 'The header of the request is too long.')

/** What is no whole request gets its answer from here, since no route ever sees it. */
export const answerBrokenHttp =
  (requestMsMax: number) =>
  (error: NodeJS.ErrnoException, socket: Socket): void => {
    const tooSlow = refusal(408, 'TOO_SLOW', `A request must arrive within ${requestMsMax / 1_000} seconds.`)
    const known: Readonly<Record<string, Refusal>> = {
      ERR_HTTP_REQUEST_TIMEOUT: tooSlow,
      HPE_HEADER_OVERFLOW: longHeader,
    }
    if (socket.writable) socket.end(asText(known[error.code ?? ''] ?? unreadable))
  }

function asText({ status, error }: Refusal): string {
  const body = JSON.stringify(error)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${SERVICE_HEADER}: ${SERVICE_NAME}\r\n`
  const rest = `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`
  return `${head}${rest}${body}`
}
