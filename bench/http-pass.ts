import type { Pass } from './alternate.ts'
import { drive } from './raw-client.ts'
import type { Subject } from './subject.ts'

export interface HttpLoad {
  requests: number
  connections: number
  /** Bytes of the requests, used in turn. */
  bytes: readonly Buffer[]
}

/** One pass of HTTP requests against a subject that listens on `ready.port`. @throws when an answer is not a 200. */
export async function httpPass(subject: Subject, load: HttpLoad): Promise<Pass> {
  const cpuBefore = await subject.cpuSeconds()
  const startedAt = performance.now()
  const statuses = await drive({
    host: '127.0.0.1',
    port: (subject.ready as { port: number }).port,
    connections: load.connections,
    requests: load.requests,
    request: n => load.bytes[n % load.bytes.length]!,
  })
  const wallSeconds = (performance.now() - startedAt) / 1000
  if (statuses.get(200) !== load.requests)
    throw new Error(`not every answer was a 200: ${JSON.stringify([...statuses])}`)
  return { operations: load.requests, cpuSeconds: (await subject.cpuSeconds()) - cpuBefore, wallSeconds }
}
