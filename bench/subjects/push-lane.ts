import { loadConfiguration } from '../../reference-server/configuration/configuration.ts'
import { pushSections } from '../../reference-server/configured-node.ts'
import { createTokenWriter } from '../../reference-server/gms-node/cometd-token.ts'
import { createPushSender } from '../../reference-server/push-sender/push-sender.ts'
import { createRealClock } from '../../reference-server/time/real-clock.ts'
import { messageNotice } from '../push-notice.ts'
import { serveSubject, settings } from './serve-subject.ts'

// Push senders as GMS nodes have them, each one lane; all notices of a pass wait in the queues from its beginning on.
const { url, lanes } = settings<{ url: string; lanes: number }>()
const nothing = () => {}
const log = { debug: nothing, info: nothing, warn: console.error, error: console.error }
const reader = loadConfiguration({ set: [`push.customhttp.url=${url}`, 'push.pushEnabled=customhttp'], log }).reader(
  'gms-1',
)
const senders = Array.from({ length: lanes }, (_, lane) =>
  createPushSender({
    node: `gms-${lane + 1}`,
    clock: createRealClock(),
    log,
    sections: pushSections(reader),
    timeoutMs: () => reader.integer('refserver', 'customhttp-timeout-ms'),
    contentType: () => reader.text('refserver', 'customhttp-content-type'),
    trustAll: false,
    nodePath: false,
    modeAMessage: () => reader.flag('refserver', 'mode-a-message'),
    writeToken: createTokenWriter(Buffer.alloc(16, 7)),
    tracer: undefined,
    fault: () => undefined,
  }),
)
const notices = Array.from({ length: 1000 }, (_, n) => messageNotice(n))

serveSubject({}, async question => {
  const { posts } = question as unknown as { posts: number }
  const before = senders.map(sender => sender.gauges().answered)
  const startedAt = performance.now()
  for (let i = 0; i < posts; i++) senders[i % lanes]!.notify(notices[i % notices.length]!)
  const answered = () => senders.reduce((sum, sender, lane) => sum + sender.gauges().answered - before[lane]!, 0)
  while (answered() < posts) await new Promise(resolve => setTimeout(resolve, 2))
  const failed = senders.reduce((sum, sender) => sum + sender.gauges().failed, 0)
  if (failed > 0) throw new Error(`${failed} POSTs were not answered by 200`)
  return { seconds: (performance.now() - startedAt) / 1000 }
})
