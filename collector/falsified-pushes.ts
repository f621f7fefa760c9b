import { writeDeviceId } from '../protocol/device-id.ts'
import { givenUpMs, observeMs } from './fake-books.ts'
import { endMs } from './fake-history.ts'
import { run } from './fake-messages.ts'
import type { Falsification } from './falsification.ts'
import {
  add,
  addAfterEnd,
  alike,
  midway,
  nextOf,
  previousOf,
  pushedEvent,
  remove,
  withContent,
} from './falsification-places.ts'

/** What a POST may be wrong in, in any mode. */
export const falsifiedPushes: readonly Falsification[] = [
  {
    name: 'a push is dropped',
    touch: (history, pick) => remove(history, pick(midway(history))),
    found: {
      payload: { delivered: -1, lost: 1, posts: -1 },
      'device-id': { delivered: -1, lost: 1, posts: -1, 'samples of push_latency': -18 },
    },
  },
  {
    name: 'a push comes twice at once',
    touch(history, pick) {
      const post = pick(midway(history))
      add(history, post, { receivedMs: post.receivedMs + 1 })
    },
    found: {
      payload: { posts: 1, duplicate: 1, 'CS-072': 1 },
      reliable: { posts: 1, duplicate: 1, 'CS-064': 1 },
      'device-id': { posts: 1, duplicate: 1, 'samples of push_latency': -16, 'CS-072': 1 },
    },
  },
  {
    name: 'a push comes once more half a minute later',
    touch(history, pick) {
      const post = pick(midway(history))
      add(history, post, { receivedMs: post.receivedMs + 30_000 })
    },
    found: {
      payload: { posts: 1, duplicate: 1, 'CS-072': 1 },
      reliable: { posts: 1, duplicate: 1, 'CS-064': 1 },
      'device-id': { posts: 1, duplicate: 1, 'samples of push_latency': -19, 'CS-072': 1 },
    },
  },
  {
    name: 'two pushes of a session change places',
    touch(history, pick) {
      const post = pick(midway(history))
      const next = nextOf(history, post)
      const { body, event } = post
      Object.assign(post, { body: next.body, event: next.event })
      Object.assign(next, { body, event })
    },
    found: {
      payload: {
        pushes_out_of_order: 1,
        'samples of push_latency': -1,
        'push_latency below zero': 1,
        'CV2-087': 1,
        'PUSH-035': 1,
      },
      reliable: {
        pushes_out_of_order: 1,
        'samples of push_latency': -1,
        'push_latency below zero': 1,
        'a push_latency of seconds': 1,
        'CV2-087': 3,
        'PUSH-035': 1,
        'CS-065': 1,
      },
    },
  },
  {
    name: 'a push goes to the device of another session',
    touch(history, pick) {
      const post = pick(midway(history))
      post.session = (post.session + 1) % 5
      post.body.deviceId = writeDeviceId({ run, shard: 0, session: post.session })
    },
    found: {
      payload: { delivered: -1, lost: 1, duplicate: 1, 'PUSH-022': 1 },
      reliable: {
        delivered: -1,
        covered: 1,
        duplicate: 1,
        'samples of push_latency': -2,
        'push_latency below zero': 1,
        'PUSH-056': 2,
        'CS-065': 1,
        'CV2-087': 1,
        'CS-064': 1,
      },
      'device-id': { delivered: -1, lost: 1, duplicate: 1, 'samples of push_latency': -37, 'CS-072': 1 },
    },
  },
  {
    name: 'a push goes to the device of another run',
    touch(history, pick) {
      const { body, session } = pick(midway(history))
      body.deviceId = writeDeviceId({ run: 'a1b2c3', shard: 0, session })
    },
    found: {
      payload: { delivered: -1, lost: 1, foreign: 1, 'PUSH-022': 1 },
      reliable: { delivered: -1, covered: 1, foreign: 1, 'samples of push_latency': -1, 'PUSH-022': 1 },
      'device-id': { delivered: -1, lost: 1, foreign: 1, 'samples of push_latency': -20, 'PUSH-022': 1 },
    },
  },
  {
    name: 'a push goes to a device of a session that was never started',
    touch(history, pick) {
      const { body } = pick(midway(history))
      body.deviceId = writeDeviceId({ run, shard: 0, session: 99 })
    },
    found: {
      payload: { delivered: -1, lost: 1, foreign: 1, 'PUSH-022': 1 },
      reliable: { delivered: -1, covered: 1, foreign: 1, 'samples of push_latency': -1, 'CS-065': 1 },
      'device-id': { delivered: -1, lost: 1, foreign: 1, 'samples of push_latency': -18, 'PUSH-043': 1 },
    },
  },
  {
    name: 'an index is that of the next push',
    touch(history, pick) {
      const post = pick(midway(history))
      pushedEvent(post).index = nextOf(history, post).event.index
      post.body.message!.nextPosition = nextOf(history, post).event.index + 1
    },
    found: {
      payload: {
        delivered: -1,
        lost: 1,
        duplicate: 1,
        'samples of push_latency': -1,
        'push_latency below zero': 1,
        'CV2-088': 1,
        'CV2-087': 1,
        'CV2-055': 2,
        'PUSH-043': 1,
        'CS-072': 1,
      },
    },
  },
  {
    name: 'an index is that of the push before',
    touch(history, pick) {
      const post = pick(midway(history))
      pushedEvent(post).index = previousOf(history, post).event.index
    },
    found: { payload: { delivered: -1, lost: 1, duplicate: 1, 'PUSH-043': 1, 'CS-072': 1 } },
  },
  {
    name: 'a type is changed',
    touch: (history, pick) => Object.assign(pushedEvent(pick(midway(history))), { type: 'CustomNotice' }),
    found: { payload: { 'PUSH-043': 1 } },
  },
  {
    name: 'a text is changed behind its marker',
    touch(history, pick) {
      const event = pushedEvent(pick(midway(history)))
      event.text = event.text!.replace('good morning', 'good evening')
    },
    found: { payload: { 'CV2-055': 2 } },
  },
  {
    name: 'a text has the marker of another session',
    touch(history, pick) {
      const event = pushedEvent(pick(midway(history)))
      event.text = event.text!.replace(/\/a0\.\d+\//, '/a0.77/')
    },
    found: { payload: { 'PUSH-022': 1 } },
  },
  {
    name: 'an own message is pushed without NotifyRequestor',
    touch(history, pick) {
      const shown = history.rows.flatMap(({ row, answer }) =>
        (answer.messages ?? []).map(event => ({ event, session: row.session, answeredMs: row.answered })),
      )
      const own = pick(
        shown.filter(
          ({ event, session, answeredMs }) =>
            event.from.participantId === 1 &&
            event.type === 'Message' &&
            answeredMs < endMs - 10_000 &&
            midway(history).some(post => post.session === session && post.event.index < event.index),
        ),
      )
      const before = midway(history).findLast(
        post => post.session === own.session && post.event.index < own.event.index,
      )!
      const body = structuredClone(before.body)
      if (body.message) {
        body.message.nextPosition = own.event.index + 1
        if (history.mode === 'payload') body.message.messages = [structuredClone(own.event)]
        else pushedEvent({ ...before, body }).userData!['notify-position'] = String(own.event.index)
      }
      add(history, before, { body, receivedMs: own.answeredMs + 1, event: own.event })
    },
    found: {
      payload: { posts: 1, foreign: 1, 'PUSH-035': 1, 'PUSH-023': 1 },
      reliable: { posts: 1, foreign: 1, pushes_out_of_order: 1, 'PUSH-035': 1, 'CS-065': 1 },
      'device-id': { posts: 1, duplicate: 1, 'samples of push_latency': -19, 'CS-072': 1 },
    },
  },
  {
    name: 'a push comes later than W, when the session is over',
    touch(history, pick) {
      const post = pick(midway(history))
      post.receivedMs = givenUpMs + 5_000
      history.posts.sort((a, b) => a.receivedMs - b.receivedMs)
    },
    found: alike(withContent, { pushes_out_of_order: 1, 'a push_latency of seconds': 1, 'PUSH-035': 1 }),
  },
  {
    name: 'a push of something new comes after the push of the own leave',
    notifyRequestor: true,
    touch: (history, pick) => addAfterEnd(history, pick(midway(history)), 500),
    found: {
      payload: { expected: 1, delivered: 1, posts: 1, 'CV2-145': 1 },
      reliable: { expected: 1, delivered: 1, posts: 1, 'CS-073': 1 },
    },
  },
  {
    name: 'a push of something new comes later than W after the session’s end',
    touch: (history, pick) => addAfterEnd(history, pick(midway(history)), observeMs + 1_000),
    found: {
      payload: { posts: 1, foreign: 1, 'PUSH-043': 1 },
      reliable: { posts: 1, foreign: 1, 'CS-065': 1 },
      'device-id': { posts: 1, foreign: 1, 'samples of push_latency': -21, 'PUSH-043': 1 },
    },
  },
  {
    name: 'the push of the own leave is dropped',
    notifyRequestor: true,
    touch: (history, pick) =>
      remove(history, pick(history.posts.filter(({ event }) => event.type === 'ParticipantLeft'))),
    found: {
      ...alike(withContent, { delivered: -1, lost: 1, posts: -1 }),
      'device-id': { delivered: -1, lost: 1, posts: -1, 'samples of push_latency': -30 },
    },
  },
  {
    name: 'nextPosition of a push is too low',
    touch(history, pick) {
      pick(midway(history)).body.message!.nextPosition -= 1
    },
    found: {
      payload: { 'CV2-087': 1 },
      reliable: { delivered: -1, covered: 1, duplicate: 1, 'samples of push_latency': -1, 'CS-064': 1 },
    },
  },
  {
    name: 'a push is received before it was planned',
    touch(history, pick) {
      const post = pick(midway(history))
      post.receivedMs -= 200
      history.posts.sort((a, b) => a.receivedMs - b.receivedMs)
    },
    found: { payload: { 'samples of push_latency': -1, 'push_latency below zero': 1 } },
  },
  {
    name: 'a push has a body without a required member',
    touch(history, pick) {
      delete pick(midway(history)).body.message!.alias
    },
    found: alike(withContent, { 'PUSH-045': 1 }),
  },
  {
    name: 'a push has the form of another mode',
    touch(history, pick) {
      delete pick(midway(history)).body.message
    },
    found: {
      payload: { delivered: -1, lost: 1, foreign: 1, 'push-payload': -1, 'push-device-id': 1, 'PUSH-043': 1 },
      reliable: {
        delivered: -1,
        covered: 1,
        foreign: 1,
        'push-reliable': -1,
        'samples of push_latency': -1,
        'push-device-id': 1,
        'PUSH-051': 1,
      },
    },
  },
]
