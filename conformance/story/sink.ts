import { awakeTime } from '../awake.ts'
import type { ReceivedPost, SinkAnswer } from '../sink/push-sink.ts'
import { BrokenRule, StoryError } from './broken-rule.ts'
import { maskKeys } from './mask-keys.ts'
import type { PassingChecks } from './passing-checks.ts'
import { describePush, type Push, readPush } from './push.ts'
import { longestWaits, untilQuiet } from './quiet.ts'
import type { Scene } from './scene.ts'

/** The customer's push receiver: sees the pushes of this device id and no others. */
export interface Sink {
  /** The next push that the story has not seen yet; waited for. */
  nextPush(rule?: string): Promise<Push>
  /** All that the story has not seen yet, once nothing more comes. */
  pushes(): Promise<Push[]>
  /** Nothing that the story has not seen: told once nothing more can come. */
  none(rule?: string): Promise<void>
  /** From now on, or for so many times, POSTs are answered like this; `hold` until `release` (the case must be `alone`). */
  answers(how: SinkAnswer): void
  release(): void
  /** Whether the target still waits for the answer that is held. */
  isHolding(): boolean
  /** Where the target posts; with a path, another URL of the same receiver, for options. */
  url(path?: string): string
  /** The same over TLS, with a certificate that nobody trusts. */
  secureUrl(path?: string): Promise<string>
  /** POSTs that came so far, without waiting. */
  count(): number
  /** POSTs that the story has not looked at. */
  unseen(): readonly ReceivedPost[]
}

function describeNameless({ method, path, headers, text }: ReceivedPost): string {
  const type = headers['content-type'] ?? 'no content-type'
  // What is encoded hides its keys from the mask.
  const plain = text.replace(/%([0-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return `${method} ${path}, ${type}, beginning with ${JSON.stringify(maskKeys(plain).slice(0, 80))}`
}

/** Far more than a POST needs over loopback; a slow one is missed, never one too many seen. */
const heldWindowMs = 200

/** Whose pushes it sees: a customer over REST or over CometD. */
export interface Pushed {
  readonly deviceId: string
  checks: Pick<PassingChecks, 'push'>
}

export function createSink(scene: Scene, customer: Pushed): Sink {
  const { stack, conversation } = scene
  let seen = 0
  const namelessBefore = stack.sink?.nameless().length ?? 0

  const sink = () => {
    scene.use('push sink')
    if (!stack.sink) throw new StoryError('no pushes can be received')
    return stack.sink
  }
  const waiting = () => sink().postsOf(customer.deviceId).slice(seen)

  function take(post: ReceivedPost): Push {
    seen += 1
    const push = readPush(post)
    const head = Object.entries(post.headers).map(([name, value]) => `${name}: ${value}`)
    conversation.say({
      said: `sink gets ${describePush(push)}`,
      request: [`${post.method} ${post.path}`, ...head, '', post.text].join('\n'),
    })
    customer.checks.push(post)
    return push
  }

  /** @returns whether it is at rest; a target without control port never tells. */
  async function comesOrIsQuiet(): Promise<boolean> {
    const patience = awakeTime(stack.patienceMs)
    let isQuiet = false
    while (waiting().length === 0 && !isQuiet && !patience.isOver) {
      const arrival = Promise.race([sink().waitFor(customer.deviceId, stack.patienceMs), patience.over])
      // Where nothing more comes by itself, waiting longer changes nothing.
      const rest = stack.control?.settle(stack.patienceMs).then(quiet => {
        isQuiet = quiet
      })
      await (rest ? Promise.race([arrival, rest]) : arrival)
    }
    patience.cancel()
    return isQuiet
  }

  scene.undo('pushes', async () => void stack.sink?.forget(customer.deviceId))

  return {
    async nextPush(rule) {
      let isQuiet = false
      for (let wait = 1; wait <= longestWaits && !isQuiet; wait++) {
        const before = sink().count()
        isQuiet = await comesOrIsQuiet()
        // While a node posts to others, this one waits for its turn.
        if (waiting().length > 0 || !stack.control || before === sink().count()) break
      }
      const [post] = waiting()
      if (post) return take(post)
      const what = 'a push did not come'
      const none = isQuiet ? 'none, and nothing more comes' : `none within ${stack.patienceMs / 1000} s`
      const [odd] = sink().nameless().slice(namelessBefore)
      const found = odd ? `${none}; a POST came that names no device: ${describeNameless(odd)}` : none
      scene.report(
        new BrokenRule({ rule: rule ?? scene.case.rules[0], what, expected: `push ${seen + 1} of this device`, found }),
      )
      throw new StoryError(what)
    },
    async pushes() {
      sink()
      await untilQuiet(stack)
      return waiting().map(take)
    },
    async none(rule) {
      // A POST that we hold is never at rest: then a moment must do in which a second one would surely have come.
      if (sink().isHolding(customer.deviceId)) await stack.control?.settle(heldWindowMs)
      else await untilQuiet(stack)
      const [post] = waiting()
      if (!post) {
        conversation.say({ said: stack.control ? 'sink gets nothing more' : `sink gets nothing for ${window()}` })
        return
      }
      const found = describePush(readPush(post))
      conversation.say({ said: `sink gets ${found}`, request: `${post.method} ${post.path}\n\n${post.text}` })
      const expected = stack.control ? 'no push' : `no push within ${window()}`
      scene.report(
        new BrokenRule({ rule: rule ?? scene.case.rules[0], what: 'a push came that must not come', expected, found }),
      )
      seen += 1
    },
    answers(how) {
      if (how.hold && !scene.case.alone && !scene.case.needs?.includes('time control'))
        throw new StoryError('a held POST blocks its node for all cases: say alone: true')
      sink().answer(customer.deviceId, how)
    },
    release: () => sink().release(customer.deviceId),
    isHolding: () => sink().isHolding(customer.deviceId),
    url: (path = '') => sink().url + path,
    secureUrl: async (path = '') => (await sink().secureUrl()) + path,
    count: () => sink().postsOf(customer.deviceId).length,
    unseen: () => stack.sink?.postsOf(customer.deviceId).slice(seen) ?? [],
  }

  function window(): string {
    return `${stack.absenceWindowMs / 1000} s`
  }
}
