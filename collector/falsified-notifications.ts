import type { BayeuxMessage } from '../protocol/bayeux/message.ts'
import type { ChatEvent } from '../protocol/chat/event.ts'
import type { FakeArrival } from './fake-comet-history.ts'
import { type FakeHistory, type FakeRow, sessions } from './fake-history.ts'
import type { Falsification, Found } from './falsification.ts'

/** What may be wrong in a chat over CometD: in what is heard unasked, and when it comes. */

type Data = Record<string, unknown> & { messages: ChatEvent[]; nextPosition: number }

const arrivalOf = ({ answer }: FakeRow) => answer as unknown as FakeArrival
const dataOf = ({ answer }: FakeRow) => (answer as unknown as { data: Data }).data
const heardEvent = (row: FakeRow) => dataOf(row).messages[0]!
const rowsOf = ({ rows }: FakeHistory, { row }: FakeRow) => rows.filter(other => other.row.session === row.session)

/** The agent's texts in mid-chat: behind each follows another one before anything else of the same customer. */
const midway = (history: FakeHistory) =>
  history.rows.filter(each => each.row.operation === 'notification' && nextHeard(history, each) !== undefined)

function nextHeard(history: FakeHistory, heard: FakeRow): FakeRow | undefined {
  const rows = rowsOf(history, heard).filter(({ row }) => row.operation !== 'arrival')
  const [before, next] = [rows[rows.indexOf(heard) - 1], rows[rows.indexOf(heard) + 1]]
  const isText = heardEvent(heard).type === 'Message' && next?.row.operation === 'notification'
  return isText && before?.row.operation === 'notification' ? next : undefined
}

/** The response that brought it: its messages are what the network had, the row what the shard tells. */
const broughtBy = (history: FakeHistory, heard: FakeRow) => {
  const arrivals = rowsOf(history, heard).filter(({ row }) => row.operation === 'arrival')
  return arrivals.find(({ row }) => row.answered === heard.row.answered)!
}

function unheard(history: FakeHistory, heard: FakeRow): void {
  const arrival = arrivalOf(broughtBy(history, heard))
  arrival.messages.shift()
  arrival.told = []
  history.rows = history.rows.filter(other => other !== heard)
}

function ownBefore(history: FakeHistory, heard: FakeRow): FakeRow | undefined {
  return rowsOf(history, heard).findLast(({ row }) => row.operation === 'send' && row.answered < heard.row.answered)
}

/** The last one of its customer: nothing is heard behind it. */
const lasts = (history: FakeHistory) =>
  history.rows.filter(each => {
    const heard = rowsOf(history, each).filter(({ row }) => row.operation === 'notification')
    return each === heard.at(-1) && heardEvent(each).type === 'Message'
  })

/** Once more, with the response to the next connect. */
function again(history: FakeHistory, heard: FakeRow, next: FakeRow): void {
  const copy = structuredClone(heard)
  copy.row.answered = copy.row.planned = copy.row.ready = next.row.answered
  copy.row.sent = next.row.sent
  history.rows.splice(history.rows.indexOf(next), 0, copy)
  const arrival = arrivalOf(broughtBy(history, next))
  arrival.messages.unshift(copy.answer as BayeuxMessage)
  arrival.told = [0, 1]
}

/** @param change of what was heard, wherever it stands. */
const changed = (name: string, change: (row: FakeRow, history: FakeHistory) => void, found: Found): Falsification => ({
  name,
  touch(history, pick) {
    const heard = pick(midway(history))
    change(heard, history)
  },
  found: { comet: found },
})

export const falsifiedNotifications: readonly Falsification[] = [
  changed('a notification is dropped', (heard, history) => unheard(history, heard), {
    delivered: -1,
    lost: 1,
    posts: -1,
  }),
  changed('a notification comes twice', (heard, history) => again(history, heard, nextHeard(history, heard)!), {
    'CV2-119': 1,
    duplicate: 1,
    posts: 1,
  }),
  changed(
    'two notifications change places',
    (heard, history) => {
      const next = nextHeard(history, heard)!
      const { answer } = heard
      heard.answer = next.answer
      next.answer = answer
    },
    {
      'CV2-119': 1,
      'notification_latency below zero': 1,
      notifications_out_of_order: 1,
      'samples of notification_latency': -1,
    },
  ),
  {
    name: 'a notification comes three seconds late',
    touch(history, pick) {
      pick(lasts(history)).row.answered += 3_000
    },
    found: { comet: { 'a notification_latency of seconds': 1 } },
  },
  changed(
    'a notification comes before it was planned',
    ({ row }) => {
      row.answered -= 200
    },
    { 'notification_latency below zero': 1, 'samples of notification_latency': -1 },
  ),
  changed(
    'an index is that of the next notification',
    heard => {
      heardEvent(heard).index += 1
    },
    { 'CV2-055': 2, 'CV2-087': 1, 'CV2-088': 1, 'CV2-119': 1, delivered: -1, duplicate: 1, lost: 1 },
  ),
  changed(
    'nextPosition of a notification is too low',
    heard => {
      dataOf(heard).nextPosition -= 1
    },
    { 'CV2-087': 1 },
  ),
  changed(
    'the type of a notified event is changed',
    heard => {
      heardEvent(heard).type = 'CustomNotice'
    },
    {
      'CV2-055': 1,
      'delivered CustomNotice': 1,
      'delivered Message': -1,
      'expected CustomNotice': 1,
      'expected Message': -1,
    },
  ),
  changed(
    'a notified text is changed behind its marker',
    heard => {
      heardEvent(heard).text = heardEvent(heard).text!.replace('morning', 'evening')
    },
    { 'CV2-055': 1 },
  ),
  changed('a notification has two events', heard => void dataOf(heard).messages.push(heardEvent(heard)), {
    'CV2-054': 1,
    'CV2-116': 1,
  }),
  changed(
    'a notification has no event',
    heard => {
      dataOf(heard).messages = []
    },
    { 'CV2-116': 1, delivered: -1, foreign: 1, lost: 1 },
  ),
  changed(
    'a notification goes to another customer',
    ({ row }) => {
      row.session = (row.session + 1) % 5
    },
    {
      'CV2-119': 1,
      'CV2-127': 1,
      expected: 1,
      lost: 1,
      notifications_out_of_order: 1,
      'samples of notification_latency': 1,
    },
  ),
  changed(
    'a notification has the clientId of its publisher',
    ({ answer }) => {
      answer.clientId = 'abc'
    },
    { 'BX-082': 1 },
  ),
  changed(
    'a notification holds the clientId of another customer',
    heard => {
      const other = (heard.row.session + 1) % sessions
      heardEvent(heard).from.nickname = `a1b2c3d4e5f6g7h8i9j0k${other}`
    },
    { 'BX-173': 1, 'CV2-055': 1 },
  ),
  {
    name: 'the own message is notified, too',
    touch(history, pick) {
      const heard = pick(midway(history).filter(each => ownBefore(history, each) !== undefined))
      const own = ownBefore(history, heard)!
      const copy = structuredClone(heard)
      dataOf(copy).messages = structuredClone(own.answer.messages!)
      dataOf(copy).nextPosition = own.answer.nextPosition!
      again(history, copy, heard)
    },
    found: { comet: { 'CV2-120': 1, foreign: 1, posts: 1 } },
  },
]

const resumes = ({ rows }: FakeHistory) => rows.filter(({ row }) => row.operation === 'resume')

export const falsifiedResumes: readonly Falsification[] = [
  {
    name: 'the answer to a resume leaves out an event',
    touch: (history, pick) => void pick(resumes(history)).answer.messages!.shift(),
    found: { comet: { 'CV2-088': 1, covered: -1, lost: 1, 'samples of notification_latency': 1 } },
  },
  {
    name: 'a notification repeats what the answer to a resume has shown',
    touch(history, pick) {
      const resume = pick(resumes(history))
      const next = rowsOf(history, resume).find(
        ({ row }) => row.operation === 'notification' && row.answered > resume.row.answered,
      )!
      const copy = structuredClone(next)
      dataOf(copy).messages = [structuredClone(resume.answer.messages!.at(-1)!)]
      again(history, copy, next)
    },
    found: { comet: { 'CV2-131': 1, duplicate: 1, posts: 1 } },
  },
  {
    name: 'a resume is answered three seconds late',
    touch(history, pick) {
      const { row } = pick(resumes(history).filter(({ row }) => row.sequence === 1))
      row.answered += 3_000
    },
    found: { comet: { 'a resume_latency of seconds': 1 } },
  },
  {
    name: 'a resume after a connection that broke by itself is answered three seconds late',
    touch(history, pick) {
      const { row } = pick(resumes(history).filter(({ row }) => row.sequence === 0))
      row.answered += 3_000
    },
    found: { comet: { 'a notification_latency of seconds': 1, 'a resume_latency of seconds': 1 } },
  },
]
