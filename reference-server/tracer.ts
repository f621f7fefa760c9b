import type { TraceRecord } from '../protocol/stream/trace.ts'

/** Where actors put trace records; `undefined` in an actor = nobody listens, so a record is not even made. */
export interface Tracer {
  record(record: TraceRecord): void
}
