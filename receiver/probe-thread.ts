import { Agent, request } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { workerData } from 'node:worker_threads'
import { probeEveryMs, probeKeyHeader, probeMissedHeader, probeStampHeader } from './intake-probe.ts'

const { url, key } = workerData as { url: string; key: string }
// One connection a probe in flight: a probe that waits must not hide behind the one before it.
const isSecure = url.startsWith('https:')
// The receiver of this very process: whose certificate it has does not matter.
const agent = isSecure ? new TlsAgent({ keepAlive: true, rejectUnauthorized: false }) : new Agent({ keepAlive: true })

let dueMs = performance.now()

function send(): void {
  // A thread that was stopped could not post while nobody looked: what it missed it tells with the next one.
  const missed = Math.floor((performance.now() - dueMs) / probeEveryMs)
  const probe = (isSecure ? tlsRequest : request)(url, {
    method: 'POST',
    agent,
    timeout: 10_000,
    headers: {
      'content-length': 0,
      [probeKeyHeader]: key,
      [probeStampHeader]: String(process.hrtime.bigint()),
      ...(missed > 0 && { [probeMissedHeader]: String(missed) }),
    },
  })
  probe.on('response', answer => answer.resume())
  probe.on('timeout', () => probe.destroy())
  probe.on('error', () => {})
  probe.end()
  dueMs = performance.now() + probeEveryMs
  setTimeout(send, probeEveryMs)
}

send()
