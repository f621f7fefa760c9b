import { extOf } from './ext.ts'
import { type BayeuxMessage, isObject } from './message.ts'

/** What a client has told about its clock with a message: how far it is off can be said when the reply leaves. */
export interface Timesync {
  clientMs: number
  lagMs: number | undefined
  offsetMs: number
  receivedAtMs: number
}

export function readTimesync(message: BayeuxMessage, receivedAtMs: number): Timesync | undefined {
  const said = extOf(message, 'timesync')
  if (!isObject(said) || typeof said.tc !== 'number') return undefined
  const { tc, l, o } = said
  return {
    clientMs: tc,
    lagMs: typeof l === 'number' ? l : undefined,
    offsetMs: typeof o === 'number' ? o : 0,
    receivedAtMs,
  }
}

/** Less than that is not worth a correction. */
const worthMs = 25

/** BX-163: member of `ext`, '' where the client is right enough. */
export function timesyncMember(sync: Timesync | undefined, nowMs: number): string {
  if (!sync) return ''
  const { clientMs, lagMs, offsetMs } = sync
  const receivedAtMs = Math.round(sync.receivedAtMs)
  const times = `"tc":${clientMs},"ts":${receivedAtMs},"p":${Math.round(nowMs - sync.receivedAtMs)}`
  if (lagMs === undefined) return `"timesync":{${times}}`
  const accuracyMs = Math.round(clientMs + offsetMs + lagMs - receivedAtMs)
  return lagMs === 0 || Math.abs(accuracyMs) >= worthMs ? `"timesync":{${times},"a":${accuracyMs}}` : ''
}
