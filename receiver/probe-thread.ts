import { Agent, request } from 'node:http'
import { workerData } from 'node:worker_threads'
import { probeStampHeader } from './intake-probe.ts'

const everyMs = 100
const { url } = workerData as { url: string }
// One connection a probe in flight: a probe that waits must not hide behind the one before it.
const agent = new Agent({ keepAlive: true })

setInterval(() => {
  const probe = request(url, {
    method: 'POST',
    agent,
    timeout: 10_000,
    headers: { 'content-length': 0, [probeStampHeader]: String(process.hrtime.bigint()) },
  })
  probe.on('response', answer => answer.resume())
  probe.on('timeout', () => probe.destroy())
  probe.on('error', () => {})
  probe.end()
}, everyMs)
