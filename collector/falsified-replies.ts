import type { BayeuxMessage } from '../protocol/bayeux/message.ts'
import type { FakeArrival } from './fake-comet-history.ts'
import type { FakeHistory } from './fake-history.ts'
import type { Falsification, Found } from './falsification.ts'

/** What a reply to a Bayeux message may be wrong in, and what comes with it. */

const arrivals = ({ rows }: FakeHistory) =>
  rows.flatMap(({ row, answer }) => (row.operation === 'arrival' ? [answer as unknown as FakeArrival] : []))

/** @param to the channel of the request; the last message is its answer. */
const changed = (name: string, to: string, change: (came: FakeArrival) => void, found: Found): Falsification => ({
  name,
  touch: (history, pick) =>
    change(
      pick(
        arrivals(history).filter(
          ({ asked, messages }) => asked[0]!.channel === to && (to !== connect || messages.length > 1),
        ),
      ),
    ),
  found: { comet: found },
})
const replyIn = ({ messages }: FakeArrival) => messages.at(-1)!

const chat = '/service/chatV2/care'
const turned = (came: FakeArrival) => {
  came.messages.reverse()
  came.told = came.told.map(at => came.messages.length - 1 - at)
}
const [handshake, connect, disconnect] = ['/meta/handshake', '/meta/connect', '/meta/disconnect']

export const falsifiedReplies: readonly Falsification[] = [
  changed('a publish is not answered', chat, came => void came.messages.pop(), {
    'BX-171': 1,
    'bayeux-publish-reply': -1,
  }),
  changed('a publish is answered twice', chat, came => void came.messages.push(replyIn(came)), {
    'BX-171': 1,
    'bayeux-publish-reply': 1,
  }),
  changed(
    'a publish is answered with the id of another one',
    chat,
    came => {
      replyIn(came).id = '999'
    },
    { 'BX-171': 2 },
  ),
  changed(
    'a publish is answered on another channel',
    chat,
    came => {
      replyIn(came).channel = '/foo'
    },
    { 'BX-171': 1 },
  ),
  changed(
    'a publish is answered with its data',
    chat,
    came => {
      replyIn(came).data = {}
    },
    { 'BX-080': 1 },
  ),
  changed(
    'a refusal does not say why',
    disconnect,
    came => {
      replyIn(came).successful = false
    },
    { 'BX-172': 1 },
  ),
  changed(
    'an id comes back as a number',
    connect,
    came => {
      replyIn(came).id = Number(replyIn(came).id) as never
    },
    { 'BX-030': 1 },
  ),
  changed('an answer has no id', connect, came => void delete replyIn(came).id, { 'BX-030': 1, 'BX-171': 1 }),
  changed('an event stands behind the answer to its connect', connect, turned, { 'BX-047': 1 }),
  changed(
    'an answer comes on the channel above',
    chat,
    ({ messages }) => {
      messages[0]!.channel = '/service/chatV2'
    },
    { 'CV2-111': 1 },
  ),
  changed(
    'advice is of another form',
    handshake,
    came => {
      replyIn(came).advice = { reconnect: 'again' } as never
    },
    { 'BX-170': 1 },
  ),
  changed('a handshake is answered without advice', handshake, came => void delete replyIn(came).advice, {
    'BX-022': 1,
  }),
  changed('a reply holds the clientId of another customer', chat, came => foreign(came, 'ext'), { 'BX-173': 1 }),
  changed(
    'what comes is no array of messages',
    connect,
    came => {
      came.messages = { 0: 1 } as never
    },
    { 'BX-003': 1, 'bayeux-connect-reply': -1 },
  ),
  {
    name: 'a clientId is given twice',
    touch(history, pick) {
      const all = arrivals(history).filter(({ asked }) => asked[0]!.channel === handshake)
      const last = all.at(-1)!
      replyIn(last).clientId = replyIn(pick(all.slice(0, 3))).clientId!
    },
    found: { comet: { 'BX-021': 1 } },
  },
]

function foreign(came: FakeArrival, member: keyof BayeuxMessage): void {
  // Of the first customer that shook hands; whose reply this is has another one.
  replyIn(came)[member] = { of: 'a1b2c3d4e5f6g7h8i9j0k0' } as never
}
