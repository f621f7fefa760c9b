import type { BayeuxMessage, Transport } from '../../../protocol/bayeux/message.ts'
import { createAnswerWatch } from '../../../protocol/checks/bayeux/answers.ts'
import { createLeakWatch, type LeakWatch } from '../../../protocol/checks/bayeux/leaks.ts'
import { checkErrorForm, checkReceived } from '../../../protocol/checks/bayeux/shape.ts'
import { type Violation, violation } from '../../../protocol/violation.ts'
import { BrokenRule } from '../broken-rule.ts'
import type { Scene } from '../scene.ts'
import type { Reception } from './reception.ts'

/** What every Bayeux message is held to, whatever the case is about. */
export interface BayeuxChecks {
  /** @param owner whose sessions' ids may stand in it. */
  came(reception: Reception, owner: unknown): void
  /** A session of this owner. */
  learn(clientId: string, owner: unknown): void
  /** One client's requests and answers: each is answered once. */
  answers(transport: Transport): {
    sent(messages: readonly BayeuxMessage[]): void
    came(messages: readonly BayeuxMessage[]): void
  }
}

export function createBayeuxChecks(scene: Scene): BayeuxChecks {
  const leaks: LeakWatch = createLeakWatch()
  const report = (violations: readonly Violation[], isEdge = false) => {
    for (const { rule, what, expected, found, at } of violations)
      scene.report(new BrokenRule({ rule, what, expected, found, at, isEdge }))
  }
  return {
    learn: leaks.learn,
    came({ status, headers, text, messages }, owner) {
      if (status === 200) report(checkEnvelope(headers, text, messages))
      for (const message of messages) {
        report(checkReceived(message))
        report(checkErrorForm(message), true)
      }
      report(leaks.check(text, owner))
    },
    answers(transport) {
      const watch = createAnswerWatch(transport === 'websocket')
      return {
        // A story also sends two connects on purpose: what it sends is its own affair.
        sent: messages => void watch.sent(messages, performance.now(), Number.POSITIVE_INFINITY),
        came: messages => report(watch.received(messages, performance.now())),
      }
    },
  }
}

/** Of an answer over HTTP; callback-polling has a form of its own. */
function checkEnvelope(
  headers: Readonly<Record<string, string>>,
  text: string,
  messages: readonly BayeuxMessage[],
): Violation[] {
  const type = headers['content-type'] ?? 'no content-type'
  if (type.startsWith('text/javascript') || text === '') return []
  if (!/^application\/json\s*(;|$)/i.test(type))
    return [violation('BX-003', 'The answer is not labelled as JSON', type, 'content-type: application/json')]
  if (messages.length > 0 && text.trimStart().startsWith('[')) return []
  return [violation('BX-003', 'The answer is no array of messages', text.slice(0, 60), 'a JSON array of messages')]
}
