import type { ChatAnswer } from '../../protocol/chat/answer.ts'
import { createSessionWatch, type SessionWatch } from '../../protocol/checks/session-watch.ts'
import { checkAnswer, checkPush } from '../../protocol/checks/shape.ts'
import { checkShoulds } from '../../protocol/checks/should.ts'
import type { PushMode } from '../../protocol/push/mode.ts'
import type { Violation } from '../../protocol/violation.ts'
import type { ReceivedPost } from '../sink/push-sink.ts'
import type { Answer } from './answer.ts'
import { BrokenRule } from './broken-rule.ts'
import type { ChatWish } from './chat-form.ts'
import type { Scene } from './scene.ts'

interface Exchange {
  operation: string
  /** −1 = none was sent. */
  position: number
  sentMs: number
  answeredMs: number
}

/** What every message of a session is held to, whatever the case is about: its schema, and all that went before. */
export interface PassingChecks {
  /** The wish decides what the session may be pushed. */
  subscribe(wish: ChatWish): void
  answer(exchange: Exchange, answer: Answer): void
  /** An answer to a request that was wrong on purpose: only its own form is judged. */
  alone(operation: string, answer: Answer): void
  /** The same for an answer of the file endpoint, whose tokens are those of CometD. */
  endpoint(operation: string, answer: Answer): void
  push(post: ReceivedPost): void
  /** Nothing more comes. */
  finish(): void
}

export function createPassingChecks(scene: Scene, device: { run: string; session: number }): PassingChecks {
  let mode: PushMode | 'off' = 'off'
  let watch: SessionWatch | undefined
  let watchesPushes = true
  let notifyRequestor = false
  let formIsTheCase = false

  const watching = () => {
    watch ??= createSessionWatch({
      mode,
      notifyRequestor,
      run: device.run,
      shard: 0,
      session: device.session,
      textsAreMarked: false,
    })
    return watch
  }
  const report = (violations: readonly Violation[], isEdge = false) => {
    for (const { rule, what, expected, found, at } of violations)
      scene.report(new BrokenRule({ rule, what, expected, found, at, isEdge }))
  }

  function shape(operation: string, { status, text, headers }: Answer, hasRestTokens = true) {
    // What was documented are answers with HTTP 200; a page of the container with another status is the edge.
    report(contentType(headers), status !== 200)
    const checked = checkAnswer({ operation, status, body: text })
    report(checked.violations)
    if (checked.answer && checked.violations.length === 0 && checked.kind !== 'error-answer')
      report(checkShoulds(checked.kind, hasRestTokens ? checked.answer : withoutFormats(checked.answer)))
    return checked
  }

  return {
    subscribe(wish) {
      mode = wish.pushedAs ?? wish.push ?? 'off'
      notifyRequestor = wish.ownActivity === true
      formIsTheCase = wish.pushedAs !== undefined
      // With a foreign device id, or a subscription written by hand, the watch does not know what to expect.
      watchesPushes = mode !== 'off' && wish.deviceId === undefined
    },
    answer(exchange, answer) {
      const checked = shape(exchange.operation, answer)
      if (answer.status !== 200) return
      // Another chat of the same customer, be it because a target takes what a case means it to refuse: no session goes on.
      if (exchange.operation === 'requestChat') watch = undefined
      report(watching().answer({ ...exchange, answer: checked.violations.length === 0 ? checked.answer : undefined }))
    },
    alone: (operation, answer) => void shape(operation, answer),
    endpoint: (operation, answer) => void shape(operation, answer, false),
    push(post) {
      const { violations, push, mode: found } = checkPush(post.text)
      report(violations)
      if (!push || violations.length > 0 || !watchesPushes) return
      // A case about the form itself is to say so in its own words.
      if (formIsTheCase && found !== mode) return
      const lane = post.path.split('/').at(-1) ?? ''
      report(
        watching().push({ mode: found, push, receivedMs: post.atMs, queueAgeMs: Number.POSITIVE_INFINITY, lane })
          .violations,
      )
    },
    finish: () => report(watch?.finish() ?? []),
  }
}

/** Their form is that of 7.3, which CV2-078 does not describe; a fatal answer must not have them at all (CV2-029). */
function withoutFormats(answer: ChatAnswer): ChatAnswer {
  const { chatId, userId, secureKey, ...rest } = answer
  return answer.statusCode === 0 ? rest : { ...rest, ...(userId && { userId }), ...(secureKey && { secureKey }) }
}

function contentType(headers: Readonly<Record<string, string>>): Violation[] {
  const type = headers['content-type']
  if (type !== undefined && /^application\/json\s*(;|$)/i.test(type)) return []
  const what = 'the answer is not labelled as JSON'
  return [
    { rule: 'CV2-007', what, at: '', expected: 'content-type: application/json', found: type ?? 'no content-type' },
  ]
}
