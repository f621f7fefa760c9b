import { checkAnswer, checkPush } from '../../../protocol/checks/shape.ts'
import { type Violation, violation } from '../../../protocol/violation.ts'
import type { ReceivedPost } from '../../sink/push-sink.ts'
import { BrokenRule } from '../broken-rule.ts'
import type { Scene } from '../scene.ts'
import type { Notification } from './notification.ts'

/** What every notification of a CometD session is held to, whatever the case is about. */
export interface CometChecks {
  /** @param operation that it answers, undefined = nobody asked for it. */
  came(operation: string | undefined, notification: Notification): void
  /** Events are counted anew: everything may come again. */
  restart(): void
  push(post: ReceivedPost): void
}

export function createCometChecks(scene: Scene): CometChecks {
  /** By the key of a chat: index of its last event that was delivered, and whether it is over. */
  let chats = new Map<unknown, { last: number; isOver: boolean }>()
  const report = (violations: readonly Violation[], isEdge = false) => {
    for (const { rule, what, expected, found, at } of violations)
      scene.report(new BrokenRule({ rule, what, expected, found, at, isEdge }))
  }

  return {
    restart() {
      chats = new Map()
    },
    push: ({ text }) => report(checkPush(text).violations),
    came(operation, notification) {
      const { text, messages, chatEnded, statusCode } = notification
      const { kind, violations } = checkAnswer({ operation: operation ?? 'notification', status: 200, body: text })
      report(violations)
      if (violations.length > 0 || kind === 'fatal-answer' || statusCode !== 0) return
      report(checkLiterals(notification))
      const chat = chats.get(notification.body.secureKey) ?? { last: 0, isOver: false }
      chats.set(notification.body.secureKey, chat)
      if (operation === undefined) {
        report(checkUnasked(notification, chat.last))
        if (chat.isOver)
          report([violation('CV2-145', 'A notification follows the last one', text, 'nothing after chatEnded')])
        if (chatEnded === true) chat.isOver = true
      } else if (operation !== 'requestChat' && operation !== 'requestNotifications' && messages.length > 1) {
        const found = `${messages.length} events`
        report([
          violation(
            'CV2-117',
            `The answer to ${operation} has several events`,
            found,
            'one event or none',
            '/messages',
          ),
        ])
      }
      chat.last = Math.max(chat.last, ...messages.map(event => event.index ?? 0))
    },
  }
}

/** CV2-125, as the newer releases have it. */
function checkLiterals({ body }: Notification): Violation[] {
  const wanted = { chatId: 'deprecated', userId: 'deprecated', alias: '0' } as const
  return Object.entries(wanted).flatMap(([member, literal]) => {
    const found = body[member]
    if (found === undefined || found === literal) return []
    return [violation('CV2-125', `${member} is not the literal`, found, `"${literal}"`, `/${member}`)]
  })
}

function checkUnasked({ body, channel, messages }: Notification, last: number): Violation[] {
  const found: Violation[] = []
  if (messages.length !== 1)
    found.push(
      violation('CV2-116', 'A notification has not one event', `${messages.length} events`, 'one', '/messages'),
    )
  if (body.channel !== channel)
    found.push(violation('CV2-126', 'The data name another channel', body.channel, channel, '/channel'))
  if (typeof body.monitored !== 'boolean')
    found.push(violation('CV2-126', 'A notification has no monitored', body.monitored, 'a boolean', '/monitored'))
  const index = messages[0]?.index
  if (index !== undefined && index <= last)
    found.push(
      violation(
        'CV2-119',
        'A notification is out of order or repeated',
        `index ${index}`,
        `above ${last}`,
        '/messages/0',
      ),
    )
  return found
}
