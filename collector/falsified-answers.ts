import type { Falsification } from './falsification.ts'
import { alike, all, refreshes, showsAgent } from './falsification-places.ts'

/** What an answer may be wrong in. */
export const falsifiedAnswers: readonly Falsification[] = [
  {
    name: 'a refresh leaves out an event',
    touch(history, pick) {
      pick(refreshes(history).filter(showsAgent)).answer.messages = []
    },
    found: { payload: { 'CV2-085': 1 }, ...alike(['reliable', 'device-id'], { 'CV2-088': 1 }) },
  },
  {
    name: 'a refresh shows an event twice',
    touch(history, pick) {
      const { answer } = pick(refreshes(history).filter(showsAgent))
      answer.messages!.push(structuredClone(answer.messages![0]!))
    },
    found: alike(all, { 'CV2-054': 1 }),
  },
  {
    name: 'a refresh shows an event that never was',
    touch(history, pick) {
      const { answer } = pick(refreshes(history).filter(showsAgent))
      const [event] = answer.messages!
      const index = answer.nextPosition!
      answer.messages!.push({ ...structuredClone(event!), index, type: 'CustomNotice', text: 'never' })
      answer.nextPosition = index + 1
    },
    found: {
      payload: {
        'expected Message': -1,
        'delivered Message': -1,
        'samples of push_latency': -1,
        'expected CustomNotice': 1,
        'delivered CustomNotice': 1,
        'CV2-087': 1,
        'PUSH-043': 1,
        'CV2-055': 2,
      },
      ...alike(['reliable', 'device-id'], {
        'expected Message': -1,
        'delivered Message': -1,
        'samples of push_latency': -1,
        'expected CustomNotice': 1,
        'delivered CustomNotice': 1,
        'CV2-055': 2,
      }),
    },
  },
  {
    name: 'nextPosition of an answer is too low',
    touch(history, pick) {
      pick(refreshes(history).filter(showsAgent)).answer.nextPosition! -= 1
    },
    found: { ...alike(['payload', 'device-id'], { 'CV2-087': 1 }), reliable: { 'CV2-087': 1, 'CS-065': 1 } },
  },
  {
    name: 'nextPosition of a send’s answer is too high',
    touch(history, pick) {
      pick(history.rows.filter(({ row }) => row.operation === 'send')).answer.nextPosition! += 3
    },
    found: { payload: { 'CV2-087': 1 }, reliable: { 'CV2-087': 2 }, 'device-id': { 'CV2-087': 3 } },
  },
  {
    name: 'an answer changes the chatId',
    touch(history, pick) {
      pick(refreshes(history)).answer.chatId = '0001Abc123DEF0FF'
    },
    found: alike(all, { 'CV2-031': 1 }),
  },
  {
    name: 'a request is answered by HTTP 503',
    touch(history, pick) {
      const refused = pick(history.rows.filter(each => each.row.operation === 'ping'))
      refused.row.status = 503
      refused.answer = { errors: [{ code: 9009, advice: 'none' }] }
    },
    found: alike(all, { requests_failed: 1, 'operation-answer': -1, 'error-answer': 1 }),
  },
]
