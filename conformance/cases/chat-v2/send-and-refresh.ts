import { cases } from '../../case.ts'
import type { Answer } from '../../story/answer.ts'

const indexes = ({ messages }: Answer) => messages.map(event => event.index)
const isOwnMessage = ({ type, from }: Answer['messages'][number]) => type === 'Message' && from.participantId === 1
/** Of the customer's messages: on a target with workflow or bot there is more. */
const ownTexts = ({ messages }: Answer) => messages.filter(isOwnMessage).map(event => event.text)

export const sendAndRefresh = cases('chat-v2', 'send-and-refresh', [
  {
    id: 'CV2-079/one-message',
    title: 'a send adds exactly one Message, of the customer and with its text',
    rules: ['CV2-079'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.ok(await customer.send('hello'))
      const answer = await customer.refresh()
      must.haveEvent(answer, { type: 'Message', text: 'hello', participantId: 1, partyType: 'Client' })
      must.equal(ownTexts(answer), ['hello'])
    },
  },
  {
    id: 'CV2-079/in-order',
    title: 'messages stand in the transcript in the order in which they were sent',
    rules: ['CV2-079'],
    async run({ customer, must }) {
      await customer.requestChat()
      const sent = ['one', 'two', 'three', 'four', 'five']
      for (const text of sent) must.ok(await customer.send(text))
      must.equal(ownTexts(await customer.refresh()), sent)
    },
  },
  {
    id: 'CV2-079/at-once',
    title: 'of eight messages that are sent at once each is stored once, under an index of its own',
    rules: ['CV2-079'],
    async run({ customer, must }) {
      await customer.requestChat()
      const sent = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
      for (const answer of await Promise.all(sent.map(text => customer.send(text)))) must.ok(answer)
      const own = (await customer.refresh()).messages.filter(isOwnMessage)
      must.equal(own.map(event => event.text).toSorted(), sent)
      must.equal(new Set(own.map(event => event.index)).size, sent.length)
    },
  },
  {
    id: 'CV2-079/reaches-agent',
    title: 'the agent sees what the customer sent',
    rules: ['CV2-079'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      must.ok(await customer.send('hello Bob'))
      const { transcript } = await agent.sees()
      must.haveEvent(transcript, { type: 'Message', text: 'hello Bob', participantId: 1, partyType: 'Client' })
    },
  },
  {
    id: 'CV2-080/no-position',
    title: 'send without a position, and with position 0, returns no events',
    rules: ['CV2-080'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.haveTypes(await customer.send('one'), [])
      must.haveTypes(await customer.send('two', { transcriptPosition: 0 }), [])
    },
  },
  {
    id: 'CV2-081/own-included',
    title: 'send with position n returns the events from n on, its own one too',
    rules: ['CV2-081'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('two')
      const all = await customer.send('three', { transcriptPosition: 1 })
      must.haveEvent(all, { type: 'ParticipantJoined', participantId: 1 })
      must.equal(ownTexts(all), ['two', 'three'])
      const from = must.haveEvent(all, { text: 'three' }).index ?? 3
      must.equal(ownTexts(await customer.send('four', { transcriptPosition: from })), ['three', 'four'])
    },
  },
  {
    id: 'CV2-082/same-text',
    title: 'a text that is sent twice makes two events',
    rules: ['CV2-082'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.ok(await customer.send('hello?'))
      must.ok(await customer.send('hello?'))
      must.equal(ownTexts(await customer.refresh()), ['hello?', 'hello?'])
    },
  },
  {
    id: 'CV2-083/whole-transcript',
    title: 'refresh without a position, and with position 1, returns the whole transcript',
    rules: ['CV2-083'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const text of ['two', 'three', 'four']) await customer.send(text)
      for (const answer of [await customer.refresh(), await customer.refresh(1)]) {
        must.haveEvent(answer, { type: 'ParticipantJoined', index: 1 })
        must.equal(ownTexts(answer), ['two', 'three', 'four'])
      }
    },
  },
  {
    id: 'CV2-083/long-transcript',
    title: 'a refresh returns a transcript of 120 messages whole',
    rules: ['CV2-083'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (let count = 1; count <= 120; count += 1) await customer.send(`message ${count}`)
      const texts = ownTexts(await customer.refresh())
      must.equal([texts.length, texts[0], texts.at(-1)], [120, 'message 1', 'message 120'])
    },
  },
  {
    id: 'CV2-083/two-chats',
    title: 'each of two customers who write in turn sees the messages of the own chat and no other',
    rules: ['CV2-083'],
    async run({ customer, anotherCustomer, must }) {
      const other = anotherCustomer()
      await customer.requestChat()
      await other.requestChat({ firstName: 'Dan', lastName: 'Eel' })
      for (const text of ['1', '2', '3']) {
        await customer.send(`Ann ${text}`)
        await other.send(`Dan ${text}`)
      }
      must.equal(ownTexts(await customer.refresh()), ['Ann 1', 'Ann 2', 'Ann 3'])
      must.equal(ownTexts(await other.refresh()), ['Dan 1', 'Dan 2', 'Dan 3'])
    },
  },
  {
    id: 'CV2-083/both-sides',
    title: 'a refresh without a position shows what customer and agent did, in one order',
    rules: ['CV2-083'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('good morning')
      await customer.send('hello')
      await agent.pushesUrl('https://example.com/help')
      must.haveTypes(await customer.refresh(), [
        'ParticipantJoined',
        'ParticipantJoined',
        'Message',
        'Message',
        'PushUrl',
      ])
    },
  },
  {
    id: 'CV2-084/zero',
    title: 'refresh with position 0 returns no events, and the right nextPosition all the same',
    rules: ['CV2-084', 'CV2-087'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('hello')
      const answer = await customer.refresh(0)
      must.ok(answer)
      must.haveTypes(answer, [])
      must.edge.equal(answer.nextPosition, 3, 'CV2-087')
    },
  },
  {
    id: 'CV2-085/from-the-middle',
    title: 'refresh from n returns the events from index n on and no other',
    rules: ['CV2-085'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const text of ['two', 'three', 'four']) await customer.send(text)
      const from = must.haveEvent(await customer.refresh(), { text: 'three' }).index ?? 3
      const answer = await customer.refresh(from)
      must.equal(ownTexts(answer), ['three', 'four'])
      must.be(indexes(answer)[0] === from, `the index ${from} first`, indexes(answer))
    },
  },
  {
    id: 'CV2-085/each-position',
    title: 'refresh from the index of each message returns that message and all later ones',
    rules: ['CV2-085'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const text of ['one', 'two', 'three', 'four']) await customer.send(text)
      const sent = (await customer.refresh()).messages.filter(isOwnMessage)
      for (const { index = 0 } of sent.toReversed()) {
        const answer = await customer.refresh(index)
        const expected = sent.filter(event => event.index! >= index).map(event => event.index)
        must.equal(
          answer.messages.filter(isOwnMessage).map(event => event.index),
          expected,
        )
        must.be(indexes(answer)[0] === index, `the index ${index} first`, indexes(answer))
      }
    },
  },
  {
    id: 'CV2-085/asked-again',
    title: 'the same events come again when they are asked for again',
    rules: ['CV2-085', 'CV2-083'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('two')
      await customer.send('three')
      must.equal(ownTexts(await customer.refresh(2)), ['two', 'three'])
      must.equal(ownTexts(await customer.refresh(2)), ['two', 'three'])
      must.equal(ownTexts(await customer.refresh()), ['two', 'three'], 'CV2-083')
    },
  },
  {
    id: 'CV2-086/just-after-the-end',
    title: 'refresh from nextPosition returns no events when nothing has happened since',
    rules: ['CV2-086'],
    async run({ customer, must }) {
      await customer.requestChat()
      const { nextPosition = 3 } = await customer.send('hello')
      const answer = await customer.refresh(nextPosition)
      must.ok(answer)
      must.haveTypes(answer, [])
      must.equal(answer.nextPosition, nextPosition)
    },
  },
  {
    id: 'CV2-086/far-beyond',
    title: 'a position far beyond the end returns no events and leaves nextPosition as it is',
    rules: ['CV2-086'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('hello')
      for (const position of [4, 9999]) {
        const answer = await customer.refresh(position)
        must.ok(answer)
        must.haveTypes(answer, [])
        must.equal(answer.nextPosition, 3)
      }
    },
  },
  {
    id: 'CV2-086/beyond-32-bits',
    title: 'a position that does not fit into 32 bits is one beyond the end, like others',
    rules: ['CV2-086'],
    async run({ customer, must }) {
      await customer.requestChat()
      const answer = await customer.refresh(2_147_483_648)
      must.ok(answer)
      must.haveTypes(answer, [])
      must.equal(answer.nextPosition, 2)
    },
  },
  {
    id: 'CV2-087/after-send',
    title: 'nextPosition is one above the index of the message that was just sent',
    rules: ['CV2-087'],
    async run({ customer, must }) {
      await customer.requestChat()
      const answer = await customer.send('hello', { transcriptPosition: 1 })
      must.ok(answer)
      const { index = 0 } = must.haveEvent(answer, { text: 'hello' })
      must.be(answer.nextPosition! > index, `a nextPosition above ${index}`, answer.nextPosition)
      must.edge.equal(answer.nextPosition, index + 1)
    },
  },
  {
    id: 'CV2-087/each-operation',
    title: 'each operation that adds an event raises nextPosition by one, each other one leaves it',
    rules: ['CV2-087'],
    async run({ customer, must }) {
      const positions = [
        await customer.requestChat(),
        await customer.send('hello'),
        await customer.startTyping(),
        await customer.stopTyping(),
        await customer.pushUrl('https://example.com/'),
        await customer.updateNickname('Annie'),
        await customer.customNotice('note'),
        await customer.refresh(8),
        await customer.updateData({ Plan: 'gold' }),
        await customer.refresh(4),
      ].map(answer => answer.nextPosition)
      must.edge.equal(positions, [2, 3, 4, 5, 6, 7, 8, 8, 8, 8])
    },
  },
  {
    id: 'CV2-087/hidden-event',
    title: 'nextPosition counts an event that the customer may not see',
    rules: ['CV2-087'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('between us', { agentOnly: true })
      must.edge.equal((await customer.refresh()).nextPosition, 4)
      must.edge.equal((await customer.refresh(3)).nextPosition, 4)
    },
  },
  {
    id: 'CV2-088/each-once',
    title: 'a customer who always asks from the last nextPosition gets each visible event once and in order',
    rules: ['CV2-088'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      let { nextPosition = 1, messages } = await customer.requestChat()
      const seen = messages.map(event => event.index)
      const pull = async () => {
        ;({ nextPosition = 1, messages } = await customer.refresh(nextPosition))
        seen.push(...messages.map(event => event.index))
      }
      await agent.joins()
      for (const text of ['3', '4', '5']) await agent.says(text)
      await pull()
      await agent.says('6, between us', { agentOnly: true })
      await pull()
      await customer.send('7')
      await agent.says('8')
      await pull()
      await pull()
      await agent.says('9')
      await pull()
      must.equal(seen, [1, 2, 3, 4, 5, 7, 8, 9])
    },
  },
  {
    id: 'CV2-089/no-position-at-all',
    title: 'a position that is negative, fractional or no number is refused with 9002',
    rules: ['CV2-089'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const transcriptPosition of ['-1', '1.5', 'abc', '0x2', '2e0', '1 2'])
        must.status(await customer.post('refresh', { transcriptPosition }), 400, 9002)
      must.ok(await customer.refresh())
    },
  },
  {
    id: 'CV2-089/send-refused',
    title: 'a send with a wrong position is refused with 9002 and adds nothing to the transcript',
    rules: ['CV2-089'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.status(await customer.post('send', { message: 'hello', transcriptPosition: '-1' }), 400, 9002)
      must.haveNoEvent(await customer.refresh(), { type: 'Message' })
    },
  },
  {
    id: 'CV2-089/blanks',
    title: 'blanks around the digits of a position are allowed',
    rules: ['CV2-089'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('two')
      await customer.send('three')
      const answer = await customer.post('refresh', { transcriptPosition: ' 3  ' })
      must.ok(answer)
      must.equal(indexes(answer), [3])
    },
  },
  {
    id: 'CV2-090/each-request',
    title: 'each kind of request restarts the 45 s after which a customer who is silent is removed',
    rules: ['CV2-090'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat()
      for (const request of [
        () => customer.send('hello'),
        () => customer.startTyping(),
        () => customer.stopTyping(),
        () => customer.pushUrl('https://example.com/'),
        () => customer.updateNickname('Annie'),
        () => customer.customNotice(),
        () => customer.updateData({ Plan: 'gold' }),
        () => customer.readReceipt(1),
        () => customer.refresh(),
        () => customer.refresh(0),
        () => customer.refresh(9),
      ]) {
        await clock.advance('40s')
        must.ok(await request())
      }
    },
  },
  {
    id: 'CV2-091/no-repetition',
    title: 'a reliable push that a refresh has confirmed is not repeated, one that waits is',
    rules: ['CV2-091'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      must.equal((await sink.nextPush()).attempt, '0')
      await clock.advance('15s')
      must.equal((await sink.nextPush()).attempt, '1')
      must.ok(await customer.refresh(2))
      await clock.advance('5m')
      await sink.none()
    },
  },
  {
    id: 'CV2-091/without-events',
    title: 'a refresh that wants no events confirms a reliable push all the same',
    rules: ['CV2-091'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      must.ok(await customer.refresh(0))
      await clock.advance('5m')
      await sink.none()
    },
  },
  {
    id: 'CV2-092/message-ignored',
    title: 'a message that comes with a refresh is not sent',
    rules: ['CV2-092'],
    async run({ customer, must }) {
      await customer.requestChat()
      const answer = await customer.post('refresh', { message: 'typed and not sent', transcriptPosition: '1' })
      must.ok(answer)
      must.haveTypes(answer, ['ParticipantJoined'])
      must.haveNoEvent(await customer.refresh(), { type: 'Message' })
    },
  },
])
