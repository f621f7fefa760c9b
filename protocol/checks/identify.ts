import type { MessageKind } from '../../schemas/generated/kinds.ts'
import { modeOfPush } from './shape.ts'

type JsonObject = Record<string, unknown>

/**
 * Which documented message is this? By the members that only one kind has, never by whether it is valid: a broken
 * message is to be held against the kind it was meant to be.
 * @returns undefined when nothing documented looks like it.
 */
export function identify(value: unknown): MessageKind | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const message = value as JsonObject
  if ('channel' in message && !('statusCode' in message)) return bayeuxKind(message)
  if ('app_dbid' in message || 'process_os_pid' in message) return 'health'
  if ('deviceId' in message) return `push-${modeOfPush(message)}`
  if ('statusCode' in message || 'messages' in message) return kindOfAnswer(message)
  if ('errors' in message) return 'error-answer'
  if ('from' in message || 'utcTime' in message) return 'event'
  return kindOfForm(message)
}

/** By its channel and its direction: what is answered has `successful`. */
export function bayeuxKind(message: Record<string, unknown>): MessageKind {
  const { channel } = message
  if (!('successful' in message)) return isSent(message) ? 'bayeux-request' : 'bayeux-event'
  switch (channel) {
    case '/meta/handshake':
      return 'bayeux-handshake-reply'
    case '/meta/connect':
      return 'bayeux-connect-reply'
    case '/meta/disconnect':
      return 'bayeux-disconnect-reply'
    case '/meta/subscribe':
    case '/meta/unsubscribe':
      return 'bayeux-subscription-reply'
    default:
      return 'bayeux-publish-reply'
  }
}

function isSent({ channel, clientId, id }: JsonObject): boolean {
  return clientId !== undefined || id !== undefined || String(channel).startsWith('/meta/')
}

function kindOfAnswer(answer: JsonObject): MessageKind {
  const { statusCode, chatEnded } = answer
  const messages = Array.isArray(answer.messages) ? answer.messages : []
  if (statusCode === 1) return 'retryable-answer'
  if (statusCode === 2) return 'fatal-answer'
  if (chatEnded === true) {
    const isEmpty = messages.length === 0 && !('nextPosition' in answer)
    return isEmpty ? 'disconnect-answer' : 'session-over-answer'
  }
  const fileKind = kindOfFileAnswer(answer, messages)
  if (fileKind) return fileKind
  // A refresh of the whole transcript right after the start looks the same and is valid as both.
  const first = messages[0] as JsonObject | undefined
  const isStart = first?.type === 'ParticipantJoined' && first.index === 1 && messages.length === 1
  return isStart ? 'request-chat-answer' : 'operation-answer'
}

/** Those of the documentation's samples; with the tokens of the REST form a deletion looks like any other operation. */
function kindOfFileAnswer(answer: JsonObject, messages: readonly unknown[]): MessageKind | undefined {
  const [notice] = messages as JsonObject[]
  if (notice?.type === 'Notice' && !('index' in notice)) return 'file-limits-answer'
  if (typeof answer.userData === 'object') return 'file-upload-answer'
  return 'messages' in answer || 'nextPosition' in answer ? undefined : 'file-delete-answer'
}

const formMembers: readonly (readonly [member: RegExp, kind: MessageKind])[] = [
  [/^pushUrl$/, 'push-url-form'],
  [/^nickname$/, 'update-nickname-form'],
  [/^message$/, 'send-form'],
  [/^transcriptPosition$/, 'refresh-form'],
  [/^userData\[/, 'update-data-form'],
]

/** Forms without a member of their own (typing, custom notice, disconnect) demand the tokens only. */
function kindOfForm(form: JsonObject): MessageKind | undefined {
  const filled = Object.keys(form).filter(member => form[member] !== '')
  const hasToken = filled.some(member => member === 'secureKey' || member === 'userId')
  if (!hasToken)
    return filled.some(member => /^(nickname|firstName|lastName)$/.test(member)) ? 'request-chat-form' : undefined
  return formMembers.find(([pattern]) => filled.some(member => pattern.test(member)))?.[1] ?? 'disconnect-form'
}
