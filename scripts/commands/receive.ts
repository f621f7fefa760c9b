import { readFileSync } from 'node:fs'
import type { ObservedPush } from '../../protocol/stream/observation.ts'
import type { Command, Typed } from '../program/command.ts'
import { stopSignal } from '../program/stop-signal.ts'
import { UserError } from '../program/user-error.ts'
import { portNumber, wholeNumber } from '../program/whole-number.ts'

export const receive: Command = {
  name: 'receive',
  summary: 'notification receiver in the foreground: prints each push in one readable line, validated',
  words: '',
  options: [
    { name: 'port', value: 'N', help: 'port to listen on, 0 = a free one', default: '9090' },
    {
      name: 'host',
      value: 'ADDRESS',
      help: 'address to listen on; 0.0.0.0 for a target on another host',
      default: '127.0.0.1',
    },
    { name: 'delay', value: 'D|dist', help: "artificial time before each answer, e.g. 5ms or 'lognorm(5ms,40ms)'" },
    { name: 'status', value: 'N', help: 'HTTP status of the answers to notifications', default: '200' },
    { name: 'tls-cert', value: 'FILE', help: 'PEM file of a certificate; with --tls-key it speaks HTTPS' },
    { name: 'tls-key', value: 'FILE', help: 'PEM file of its key' },
    { name: 'out', value: 'FILE', help: 'stores the bodies, one a line, for chatgauge validate; keys are masked' },
    { name: 'json', help: 'for programs: one line when it is ready, then nothing for single pushes' },
  ],
  examples: [
    { line: 'chatgauge receive', does: 'shows what a GMS posts to http://<this host>:9090/push' },
    { line: 'chatgauge receive --delay 20s', does: 'hangs like a broken receiver' },
    { line: 'chatgauge receive --status 503', does: 'refuses each notification' },
    { line: 'chatgauge receive --tls-cert cert.pem --tls-key key.pem', does: 'for customhttp.url=https://…' },
    { line: 'chatgauge receive --host 0.0.0.0 --out pushes.ndjson', does: 'for a GMS elsewhere; keeps what arrives' },
  ],
  notes: 'Ctrl-C ends it with a count of what came. GET /health answers the same figures.',
  run,
}

async function run(typed: Typed): Promise<number> {
  const [{ startReceiver }, { readable }, { openBodyStore }] = await Promise.all([
    import('../../receiver/main.ts'),
    import('../../receiver/readable.ts'),
    import('../../receiver/body-store.ts'),
  ])
  const json = typed.has('json')
  const out = typed.value('out')
  const delay = await delayOf(typed)
  const status = wholeNumber(typed, 'status', 200, 200, 599)
  const port = portNumber(typed, 'port', 9090)
  const store = out === undefined ? undefined : openBodyStore(out)
  let broken = 0
  const receiver = await startReceiver({
    port,
    host: typed.value('host') ?? '127.0.0.1',
    status,
    delay,
    tls: tlsOf(typed),
    log: line => json && console.error(line),
    onPush(push: ObservedPush) {
      if (push.violations.length > 0) broken++
      store?.write(push.body)
      if (!json) console.log(readable(push))
    },
  })
  if (json) console.log(JSON.stringify({ ready: true, url: receiver.url }))
  else console.log(`receiving at ${receiver.url}/push (any path will do); Ctrl-C ends it`)

  await stopSignal()
  const { posts, refused } = receiver.counts()
  await receiver.close()
  await store?.close()
  console.error(`${posts} received, ${refused} refused as no notification, ${broken} with a broken rule`)
  return 0
}

function tlsOf(typed: Typed): { cert: string; key: string } | undefined {
  const [cert, key] = [typed.value('tls-cert'), typed.value('tls-key')]
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) throw new UserError('--tls-cert and --tls-key belong together')
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}

async function delayOf(typed: Typed) {
  const text = typed.value('delay')
  if (text === undefined) return undefined
  const { parseDistribution } = await import('../../protocol/distribution.ts')
  const delay = parseDistribution(text)
  if ('error' in delay) throw new UserError(`--delay ${delay.error}`)
  return delay
}
