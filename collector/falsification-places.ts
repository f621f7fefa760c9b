import type { PushMode } from '../protocol/push/mode.ts'
import type { FakeHistory, FakePost, FakeRow } from './fake-history.ts'
import type { Found } from './falsification.ts'

export const all: readonly PushMode[] = ['payload', 'reliable', 'device-id']
export const withContent: readonly PushMode[] = ['payload', 'reliable']

export const alike = (modes: readonly PushMode[], found: Found) => Object.fromEntries(modes.map(mode => [mode, found]))

/** A POST for a text of the agent, not the last one of its session, and the next POST of the session a while later. */
export const midway = ({ posts }: FakeHistory) =>
  posts.filter(({ event, session, receivedMs, attempt }, at) => {
    const next = posts.slice(at + 1).find(other => other.session === session)
    const before = posts.slice(0, at).findLast(other => other.session === session)
    return (
      event.type === 'Message' &&
      event.from.participantId === 2 &&
      attempt === 0 &&
      next !== undefined &&
      next.attempt === 0 &&
      next.event.type === 'Message' &&
      next.receivedMs - receivedMs > 300 &&
      before !== undefined &&
      receivedMs - before.receivedMs > 300
    )
  })
export const nextOf = ({ posts }: FakeHistory, post: FakePost) =>
  posts.slice(posts.indexOf(post) + 1).find(({ session }) => session === post.session)!
export const previousOf = ({ posts }: FakeHistory, post: FakePost) =>
  posts.slice(0, posts.indexOf(post)).findLast(({ session }) => session === post.session)!
export const add = (history: FakeHistory, post: FakePost, more: Partial<FakePost>) => {
  history.posts.push({ ...structuredClone(post), ...more })
  history.posts.sort((a, b) => a.receivedMs - b.receivedMs)
}
export const remove = (history: FakeHistory, post: FakePost) => {
  history.posts = history.posts.filter(other => other !== post)
}
/** The refresh that this POST caused. */
export const refreshOf = ({ rows }: FakeHistory, post: FakePost) =>
  rows.find(({ row }) => row.session === post.session && row.triggered === post.receivedMs)
export const pushedEvent = ({ body }: FakePost) => body.message!.messages[0]!
export const refreshes = ({ rows }: FakeHistory) =>
  rows.filter(({ row, answer }) => row.operation === 'refresh' && (answer.messages?.length ?? 0) > 0)
export const showsAgent = ({ answer }: FakeRow) =>
  answer.messages!.length === 1 &&
  answer.messages![0]!.type === 'Message' &&
  answer.messages![0]!.from.participantId === 2

/** Of something that no answer shows, since it came after the last refresh. */
export function addAfterEnd(history: FakeHistory, post: FakePost, afterMs: number): void {
  const rows = history.rows.filter(({ row }) => row.session === post.session)
  const end = rows.find(({ row }) => row.operation === 'disconnect')!
  const index = rows.find(({ row }) => row.operation === 'finalRefresh')!.answer.nextPosition! + 5
  const body = structuredClone(post.body)
  if (body.message) {
    body.message.nextPosition = index + 1
    const event = pushedEvent({ ...post, body })
    const utcTime = event.utcTime + 60_000
    if (history.mode === 'payload') Object.assign(event, { index, type: 'TypingStarted', text: undefined, utcTime })
    else event.userData!['notify-position'] = String(index)
  }
  add(history, post, { body, receivedMs: end.row.answered + afterMs, event: { ...post.event, index } })
}
