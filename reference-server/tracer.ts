import type { TraceRecord } from '../protocol/stream/trace.ts'

/** Where actors put trace records; `undefined` in an actor = nobody listens, so a record is not even made. */
export interface Tracer {
  record(record: TraceRecord): void
  /** Somebody wants to know of notifications, too: such a record costs more than the others. */
  wantsNotifications?(): boolean
}
