import { type FakePost, resendDelayMs } from './fake-history.ts'
import type { Falsification } from './falsification.ts'
import { add, midway, nextOf, previousOf, pushedEvent, refreshOf, remove } from './falsification-places.ts'

/** What only a reliable notice may be wrong in. */
export const falsifiedNotices: readonly Falsification[] = [
  {
    name: 'a notice is dropped, and a refresh that no notice caused shows the event',
    touch(history, pick) {
      const post = pick(midway(history).filter(each => refreshOf(history, each)))
      refreshOf(history, post)!.row.triggered = 0
      remove(history, post)
    },
    found: {
      reliable: { delivered: -1, lost: 1, posts: -1, 'samples of wakeup_delay': -1, 'samples of confirm_time': -1 },
    },
  },
  {
    name: 'a notice is dropped, and the refresh of another one shows the event',
    touch: (history, pick) => remove(history, pick(midway(history).filter(each => refreshOf(history, each)))),
    found: { reliable: { delivered: -1, covered: 1, posts: -1, 'samples of push_latency': -1 } },
  },
  {
    name: 'typing is announced in reliable mode',
    touch(history, pick) {
      const { rows, posts } = history
      const typed = pick(
        rows
          .filter(({ answer }) => answer.messages?.length === 1 && answer.messages[0]!.type.startsWith('Typing'))
          .filter(({ row }) => posts.some(post => post.session === row.session && post.receivedMs < row.sent - 300)),
      )
      const event = typed.answer.messages![0]!
      const before = posts.findLast(post => post.session === typed.row.session && post.receivedMs < typed.row.sent)!
      const body = structuredClone(before.body)
      body.message!.nextPosition = event.index + 1
      pushedEvent({ ...before, body }).userData!['notify-position'] = String(event.index)
      add(history, before, { body, receivedMs: typed.row.sent - 1, event })
    },
    found: { reliable: { posts: 1, foreign: 1, 'CS-065': 1 } },
  },
  {
    name: 'notify-attempt starts at 2',
    touch(history, pick) {
      // Longer after the notice before it, one of attempt 1 may have been lost in between.
      const isSoon = (post: FakePost) => post.receivedMs - previousOf(history, post).receivedMs < resendDelayMs
      pushedEvent(pick(midway(history).filter(isSoon))).userData!['notify-attempt'] = '2'
    },
    found: { reliable: { 'CS-064': 1, 'CS-061': 1 } },
  },
  {
    name: 'notify-position names what was retrieved before',
    touch(history, pick) {
      const post = pick(midway(history).filter(each => each.event.index > 5))
      pushedEvent(post).userData!['notify-position'] = String(post.event.index - 3)
    },
    found: { reliable: { 'CS-065': 1 } },
  },
  {
    name: 'a notice is repeated after the refresh that confirmed it',
    touch(history, pick) {
      const post = pick(midway(history).filter(each => nextOf(history, each).receivedMs - each.receivedMs > 400))
      add(history, post, { receivedMs: post.receivedMs + resendDelayMs / 10, attempt: 1 })
      const again = nextOf(history, post)
      pushedEvent(again).userData!['notify-attempt'] = '1'
    },
    found: { reliable: { posts: 1, repeated: 1, 'CS-061': 1 } },
  },
  {
    name: 'the first attempt of a notice never comes, its repetition does',
    touch(history, pick) {
      const last = history.posts.filter(
        post => nextOf(history, post) === undefined && post.event.type === 'Message' && refreshOf(history, post),
      )
      const post = pick(
        last.filter(
          each =>
            !history.rows.some(
              ({ row }) =>
                row.session === each.session &&
                row.position > 1 &&
                row.sent > refreshOf(history, each)!.row.sent &&
                row.sent < each.receivedMs + resendDelayMs,
            ),
        ),
      )
      const { row } = refreshOf(history, post)!
      post.receivedMs += resendDelayMs
      for (const instant of ['planned', 'ready', 'sent', 'answered', 'triggered'] as const)
        row[instant] += resendDelayMs
      pushedEvent(post).userData!['notify-attempt'] = '1'
      history.posts.sort((a, b) => a.receivedMs - b.receivedMs)
      history.rows.sort((a, b) => a.row.answered - b.row.answered)
    },
    found: { reliable: { 'a push_latency of seconds': 1 } },
  },
]
