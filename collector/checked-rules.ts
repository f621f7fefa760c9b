/** What came in a run, as far as it decides which rules can have been broken. */
export interface Came {
  /** Of messages, as the coverage counts them, and types of events. */
  kinds: ReadonlySet<string>
  isComet: boolean
  /** A CometD customer came back after it had lost its connection. */
  hasResumed: boolean
  /** One POST in flight could be seen (PUSH-070). */
  sequenceObserved: boolean
}

const shown = ['request-chat-answer', 'operation-answer', 'session-over-answer', 'notification']
const files = ['file-limits-answer', 'file-upload-answer', 'file-delete-answer']
const successes = [...shown, ...files, 'disconnect-answer']
const withEvents = [...shown, 'push-payload']
const composed = ['push-payload', 'push-reliable', 'push-advice']
const pushes = ['push-device-id', ...composed]
const metaReplies = ['handshake', 'connect', 'subscription', 'disconnect'].map(name => `bayeux-${name}-reply`)
const replies = [...metaReplies, 'bayeux-publish-reply']
const bayeux = [...replies, 'bayeux-event']

type Of = 'rest' | 'comet'
/** One of these kinds must have come; the numbers are of one area. */
type Row = readonly [kinds: readonly string[], rules: string, of?: Of]

const rows: readonly Row[] = [
  // Every answer.
  [[...successes, 'retryable-answer', 'fatal-answer'], 'CV2-007', 'rest'],
  [[...successes, 'retryable-answer', 'fatal-answer'], 'CV2-020 028'],
  [[...successes, 'fatal-answer'], 'CV2-021 026 027 059'],
  [['fatal-answer'], 'CV2-023'],
  [['retryable-answer'], 'CV2-024'],
  [['error-answer'], 'CV2-035'],
  [['request-chat-answer'], 'CV2-070 071'],
  [['disconnect-answer'], 'CV2-100 101'],
  [['session-over-answer'], 'CV2-108'],
  // What a session shows.
  [[...successes, 'fatal-answer', ...composed], 'CV2-087'],
  [['operation-answer', 'session-over-answer'], 'CV2-031'],
  [['operation-answer', 'session-over-answer'], 'CV2-080 083 084 085', 'rest'],
  [['operation-answer', 'session-over-answer'], 'CV2-085 117 129', 'comet'],
  [withEvents, 'CV2-050 051 052 053 054 055 056 058'],
  [['push-reliable', 'push-advice'], 'CV2-056 059'],
  [['push-payload', 'push-advice'], 'CV2-051 059'],
  [composed, 'CV2-027'],
  [['Message'], 'CV2-065 079 088'],
  [['ParticipantLeft'], 'CV2-061'],
  [['PushUrl'], 'CV2-094'],
  [['NicknameUpdated'], 'CV2-096'],
  [['FileUploaded'], 'CV2-166'],
  [['IdleAlert'], 'CS-021'],
  [['IdleClose'], 'CS-024'],
  // Notifications.
  [['notification'], 'CV2-116 119 120 127 145'],
  [['resume'], 'CV2-131'],
  // Files.
  [['file-limits-answer'], 'CV2-162 163'],
  [['file-upload-answer'], 'CV2-165 182'],
  [['file-delete-answer'], 'CV2-178 182'],
  [['file-download'], 'CV2-173'],
  // Pushes.
  [pushes, 'PUSH-021 022 040'],
  [composed, 'PUSH-034 044 045 046'],
  [['push-device-id'], 'PUSH-042'],
  [['push-payload'], 'PUSH-023 035 043'],
  [['push-payload'], 'CS-072'],
  [['push-payload'], 'CV2-145'],
  [['push-reliable'], 'PUSH-032 051 054 055 056 057 058 059'],
  [['push-reliable'], 'CS-061 064 065 073'],
  [['push-advice'], 'PUSH-061'],
  [['push-advice'], 'CS-100 101'],
  [['held-post'], 'PUSH-070'],
  // Bayeux.
  [bayeux, 'BX-170 171 173'],
  [replies, 'BX-030 172'],
  [['bayeux-handshake-reply'], 'BX-020 021 022 026 031'],
  [['bayeux-connect-reply'], 'BX-042 047'],
  [['bayeux-subscription-reply'], 'BX-060'],
  [['bayeux-publish-reply'], 'BX-080'],
  [['bayeux-disconnect-reply'], 'BX-111'],
  [['bayeux-event', 'notification'], 'BX-082 100 170'],
  [['bayeux-event'], 'CV2-111'],
  [['response'], 'BX-003'],
  [['frame'], 'BX-142'],
]

/** Rules that messages of a run can have broken: those of the schemas and checks that what came was held against. */
export function rulesCheckedOf({ kinds, isComet, hasResumed, sequenceObserved }: Came): string[] {
  const came = new Set(kinds)
  if (hasResumed && kinds.has('notification')) came.add('resume')
  if (sequenceObserved && pushes.some(push => kinds.has(push))) came.add('held-post')
  const of: Of = isComet ? 'comet' : 'rest'
  return idsOf(rows.filter(([any, , only = of]) => only === of && any.some(kind => came.has(kind))))
}

/** All that a run can check. */
export const checkedRules: readonly string[] = idsOf(rows)

function idsOf(from: readonly Row[]): string[] {
  const all = from.flatMap(([, rules]) => {
    const [area, numbers] = [rules.slice(0, rules.indexOf('-')), rules.slice(rules.indexOf('-') + 1)]
    return numbers.split(' ').map(number => `${area}-${number}`)
  })
  return [...new Set(all)].sort()
}
