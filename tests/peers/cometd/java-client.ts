import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { OfficialClient, Transport } from '../bayeux/cometd-client.ts'
import { fetchCometd } from './start-cometd.ts'

/** The Java client of CometD 3.1 in a process of its own, which ends with its disconnect. One call at a time. */
export function openJavaClient(url: string, transport: Transport): OfficialClient {
  const source = fileURLToPath(new URL('./client3/CometdClient.java', import.meta.url))
  const libraries = join(fetchCometd('client3'), '*')
  const child = spawn(
    'java',
    [
      // Else a machine without a locale reads and writes ASCII.
      ...['-Xmx128m', '-Dfile.encoding=UTF-8', '-Dorg.slf4j.simpleLogger.defaultLogLevel=error'],
      ...['-cp', libraries, source, url, transport],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000)
  })
  let take: (data: unknown) => void = () => {}
  let settle: (failure?: string) => void = () => {}
  createInterface(child.stdout).on('line', line => {
    const { heard, failed } = JSON.parse(line) as { heard?: unknown; failed?: string }
    if (heard !== undefined) take(heard)
    else settle(failed)
  })
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
  void ended.then(() => settle(`it has ended: ${said}`))
  const order = (what: object): Promise<void> =>
    new Promise((resolve, reject) => {
      settle = failure => (failure === undefined ? resolve() : reject(new Error(failure)))
      child.stdin.write(`${JSON.stringify(what)}\n`)
    })
  return {
    handshake: () => order({ do: 'handshake' }),
    subscribe(channel, taker) {
      take = taker
      return order({ do: 'subscribe', channel })
    },
    publish: (channel, data) => order({ do: 'publish', channel, data }),
    async disconnect() {
      await order({ do: 'disconnect' })
      child.stdin.end()
      await ended
    },
  }
}
