import type { AnsweredEvent } from '../../../protocol/chat/answer.ts'
import { eventTypes, partyTypes } from '../../../protocol/chat/event.ts'
import { cases } from '../../case.ts'

const reason = (event: AnsweredEvent) => event.userData?.['quit-reason-code']

export const events = cases('chat-v2', 'events', [
  {
    id: 'CV2-050/of-the-customer',
    title: 'what a customer does makes events of the documented types',
    rules: ['CV2-050'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('hello')
      await customer.startTyping()
      await customer.stopTyping()
      await customer.pushUrl('https://example.com/')
      await customer.updateNickname('Annie')
      await customer.customNotice('reads')
      const types = ['Message', 'TypingStarted', 'TypingStopped', 'PushUrl', 'NicknameUpdated', 'CustomNotice'] as const
      must.haveTypes(await customer.refresh(), ['ParticipantJoined', ...types])
    },
  },
  {
    id: 'CV2-050/of-the-agent',
    title: 'what an agent does makes events of the documented types',
    rules: ['CV2-050'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('hello')
      await agent.startsTyping()
      await agent.stopsTyping()
      await agent.pushesUrl('https://example.com/')
      await agent.renames('Robert')
      await agent.givesNotice('reads')
      await agent.leaves()
      for (const { type } of (await customer.refresh()).messages)
        must.be(eventTypes.includes(type), `one of ${eventTypes.join(', ')}`, type)
    },
  },
  {
    id: 'CV2-051/from',
    title: 'each event tells nickname, participantId and type of its party',
    rules: ['CV2-051'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await customer.send('hello')
      await agent.says('good morning')
      const ann = { nickname: 'Ann Bee', participantId: 1, type: 'Client' }
      const bob = { nickname: 'Bob', participantId: agent.participantId, type: 'Agent' }
      const { messages } = await customer.refresh()
      must.equal(
        messages.map(({ from }) => ({ nickname: from.nickname, participantId: from.participantId, type: from.type })),
        [ann, bob, ann, bob],
      )
    },
  },
  {
    id: 'CV2-051/from-customer',
    title: 'the events of a customer who is alone have nickname, participantId and type',
    rules: ['CV2-051'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('hello')
      for (const { from } of (await customer.refresh()).messages)
        must.equal([from.nickname, from.participantId, typeof from.type], ['Ann Bee', 1, 'string'])
    },
  },
  {
    id: 'CV2-052/party-types',
    title: 'agents, supervisors and others are told apart by from.type',
    rules: ['CV2-052'],
    needs: ['agent'],
    async run({ customer, agent, anotherAgent, must }) {
      const [supervisor, bot] = [anotherAgent('Sue'), anotherAgent('Bot')]
      await customer.requestChat()
      await agent.joins()
      await supervisor.joins({ partyType: 'Supervisor' })
      await bot.joins({ partyType: 'External' })
      await bot.says('I am a machine')
      const types = (await customer.refresh()).messages.map(({ from }) => from.type)
      must.equal(types, [...partyTypes, 'External'])
    },
  },
  {
    id: 'CV2-053/same-party',
    title: 'one participantId is one party in all of its events, 1 is the customer',
    rules: ['CV2-053'],
    needs: ['agent'],
    async run({ customer, agent, anotherAgent, must }) {
      const eve = anotherAgent('Eve')
      await customer.requestChat()
      await agent.joins()
      await eve.joins()
      for (const party of [eve, agent]) await party.says('me')
      await customer.send('me, too')
      const ids = (await customer.refresh()).messages.map(({ from }) => `${from.participantId} ${from.nickname}`)
      const [bob, other] = [`${agent.participantId} Bob`, `${eve.participantId} Eve`]
      must.equal(ids, ['1 Ann Bee', bob, other, other, bob, '1 Ann Bee'])
    },
  },
  {
    id: 'CV2-053/never-reused',
    title: 'the participantId of an agent who left is not given to the next one',
    rules: ['CV2-053'],
    needs: ['agent'],
    async run({ customer, agent, anotherAgent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.leaves()
      await anotherAgent('Eve').joins()
      const answer = await customer.refresh()
      const bob = must.haveEvent(answer, { type: 'ParticipantJoined', nickname: 'Bob' })
      const eve = must.haveEvent(answer, { type: 'ParticipantJoined', nickname: 'Eve' })
      const { participantId } = bob.from
      must.be(eve.from.participantId !== participantId, `another id than Bob had (${participantId})`, eve.from)
    },
  },
  {
    id: 'CV2-054/one-answer',
    title: 'events of one answer are in the order of their indexes',
    rules: ['CV2-054'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const text of ['two', 'three', 'four', 'five']) await customer.send(text)
      const indexes = (await customer.refresh()).messages.map(({ index }) => index)
      must.equal(
        indexes,
        indexes.toSorted((a, b) => a! - b!),
      )
    },
  },
  {
    id: 'CV2-054/both-sides',
    title: 'events of customer and agents stand in one order',
    rules: ['CV2-054'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      for (const text of ['three', 'five']) {
        await agent.says(text)
        await customer.send('and I')
      }
      const { messages } = await customer.refresh()
      must.be(
        messages.every(({ index }, at) => at === 0 || index! > messages[at - 1]!.index!),
        'strictly increasing indexes',
        messages.map(({ index }) => index),
      )
    },
  },
  {
    id: 'CV2-055/send-and-refresh',
    title: 'an event is the same in the answer to send and in that to refresh',
    rules: ['CV2-055'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.startTyping('he')
      const sent = await customer.send('hello', { transcriptPosition: 1 })
      must.equal((await customer.refresh()).messages, sent.messages)
    },
  },
  {
    id: 'CV2-055/other-node',
    title: 'an event is the same through each node',
    rules: ['CV2-055'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await customer.send('hello', { messageType: 'text' })
      const { messages } = await customer.refresh()
      await server.stopNode(0)
      customer.through(1)
      must.equal((await customer.refresh()).messages, messages)
    },
  },
  {
    id: 'CV2-056/milliseconds',
    title: 'utcTime counts milliseconds and does not go back',
    rules: ['CV2-056'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const text of ['one', 'two', 'three']) await customer.send(text)
      const times = (await customer.refresh()).messages.map(({ utcTime }) => utcTime)
      // In seconds it would be a number of ten digits.
      for (const time of times)
        must.be(Number.isInteger(time) && time > 1_000_000_000_000, 'milliseconds since 1970', time)
      must.equal(
        times,
        times.toSorted((a, b) => a - b),
      )
    },
  },
  {
    id: 'CV2-056/by-the-clock',
    title: 'utcTime is the time at which the event happened',
    rules: ['CV2-056'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat()
      await clock.advance('5s')
      await customer.send('five seconds later')
      const [joined, message] = (await customer.refresh()).messages
      must.equal(message!.utcTime - joined!.utcTime, 5_000)
      const nowMs = await clock.now()
      must.be(Math.abs(nowMs - message!.utcTime) < 1_000, `within a second of ${nowMs}`, message!.utcTime)
    },
  },
  {
    id: 'CV2-057/whole-seconds',
    title: 'utcTime is a whole second whenever the event happens',
    rules: ['CV2-057'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat()
      for (const text of ['one', 'two', 'three', 'four']) {
        await clock.advance('300ms')
        await customer.send(text)
      }
      for (const { utcTime } of (await customer.refresh()).messages) must.equal(utcTime % 1000, 0)
    },
  },
  {
    id: 'CV2-058/supplied',
    title: 'a messageType comes back as it was supplied',
    rules: ['CV2-058'],
    async run({ customer, must }) {
      await customer.requestChat()
      const supplied = ['text', 'Text', 'application/x.card+json', 'my type']
      for (const messageType of supplied) await customer.send('hello', { messageType })
      const { messages } = await customer.refresh(2)
      must.equal(
        messages.map(event => event.messageType),
        supplied,
      )
    },
  },
  {
    id: 'CV2-058/not-supplied',
    title: 'a message without messageType has none',
    rules: ['CV2-058'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('with', { messageType: 'text' })
      await customer.send('without')
      const message = must.haveEvent(await customer.refresh(), { type: 'Message', text: 'without' })
      must.edge.equal('messageType' in message, false)
    },
  },
  {
    id: 'CV2-058/of-the-agent',
    title: 'the messageType of an agent reaches the customer',
    rules: ['CV2-058'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('take this', { messageType: 'Card' })
      must.haveEvent(await customer.refresh(), { type: 'Message', text: 'take this', messageType: 'Card' })
    },
  },
  {
    id: 'CV2-059/texts',
    title: 'values in the userData of an event are texts',
    rules: ['CV2-059'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.removes()
      const left = must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft', participantId: 1 })
      for (const value of Object.values(left.userData ?? {})) must.equal(typeof value, 'string')
    },
  },
  {
    id: 'CV2-060/joins-and-leaves',
    title: 'the agent who joins and leaves is the from of both events',
    rules: ['CV2-060'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.leaves()
      const bob = { nickname: 'Bob', participantId: agent.participantId, partyType: 'Agent' } as const
      const answer = await customer.refresh()
      must.haveEvent(answer, { type: 'ParticipantJoined', index: 2, ...bob })
      must.haveEvent(answer, { type: 'ParticipantLeft', index: 3, ...bob })
    },
  },
  {
    id: 'CV2-060/removed',
    title: 'a ParticipantLeft names the one who was removed, not the one who did it',
    rules: ['CV2-060'],
    needs: ['agent'],
    async run({ customer, agent, anotherAgent, must }) {
      const eve = anotherAgent('Eve')
      await customer.requestChat()
      await agent.joins()
      await eve.joins()
      await eve.removes(agent.participantId)
      const left = must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft' })
      must.equal([left.from.nickname, left.from.participantId], ['Bob', agent.participantId])
    },
  },
  {
    id: 'CV2-061/agent-leaves',
    title: 'an agent who leaves by itself shows no quit reason in an answer',
    rules: ['CV2-061'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.leaves()
      const left = must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft', nickname: 'Bob' })
      must.equal(reason(left), undefined)
    },
  },
  {
    id: 'CV2-061/agent-closes',
    title: 'an agent who closes the chat shows no reason 0 of its own leaving',
    rules: ['CV2-061'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.closes()
      const left = must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft', nickname: 'Bob' })
      must.equal(reason(left), undefined)
    },
  },
  {
    id: 'CV2-062/removed',
    title: 'a customer who was removed by an agent sees reason 4',
    rules: ['CV2-062'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.removes()
      must.equal(reason(must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft', participantId: 1 })), '4')
    },
  },
  {
    id: 'CV2-062/other-party',
    title: 'the customer sees reason 4 when one agent removes another',
    rules: ['CV2-062'],
    needs: ['agent'],
    async run({ customer, agent, anotherAgent, must }) {
      const eve = anotherAgent('Eve')
      await customer.requestChat()
      await agent.joins()
      await eve.joins()
      await eve.removes(agent.participantId)
      must.equal(reason(must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft', nickname: 'Bob' })), '4')
    },
  },
  {
    id: 'CV2-062/workflow',
    title: 'a customer whose chat the workflow ends sees reason 5',
    rules: ['CV2-062'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.workflowStops()
      must.equal(reason(must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft', participantId: 1 })), '5')
    },
  },
  {
    id: 'CV2-062/inactivity',
    title: 'a customer whose chat is closed because nobody wrote sees reason 7',
    rules: ['CV2-062'],
    needs: ['time control', 'configuration'],
    async run({ customer, server, clock, must }) {
      await server.set('settings', 'async-idle-alert', '30')
      await server.set('settings', 'async-idle-close', '20')
      await customer.requestChat({ async: true })
      await clock.advance('30s')
      // The ping without which the customer would be removed for other reasons (CS-003).
      must.ok(await customer.refresh(0))
      await clock.advance('20s')
      must.equal(reason(must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft', participantId: 1 })), '7')
    },
  },
  {
    id: 'CV2-063/own-preview',
    title: 'a typing event of the customer has the preview that was given with it',
    rules: ['CV2-063'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.startTyping('I would like')
      await customer.stopTyping('I would like to')
      const answer = await customer.refresh()
      must.haveEvent(answer, { type: 'TypingStarted', text: 'I would like' })
      must.haveEvent(answer, { type: 'TypingStopped', text: 'I would like to' })
    },
  },
  {
    id: 'CV2-063/both-ways',
    title: 'customer and agent see the preview of each other',
    rules: ['CV2-063'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await customer.startTyping('where is')
      await agent.startsTyping('it is on')
      await agent.stopsTyping('it is on its way')
      must.haveEvent((await agent.sees()).transcript, { type: 'TypingStarted', text: 'where is', participantId: 1 })
      const answer = await customer.refresh()
      must.haveEvent(answer, { type: 'TypingStarted', text: 'it is on', nickname: 'Bob' })
      must.haveEvent(answer, { type: 'TypingStopped', text: 'it is on its way', nickname: 'Bob' })
    },
  },
  {
    id: 'CV2-064/customer',
    title: 'after updateNickname a message shows the new nickname',
    rules: ['CV2-064'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.updateNickname('Annie')
      await customer.send('it is still me')
      await customer.updateNickname('Anna')
      await customer.send('and now')
      const answer = await customer.refresh()
      must.haveEvent(answer, { text: 'it is still me', nickname: 'Annie', participantId: 1 })
      must.haveEvent(answer, { text: 'and now', nickname: 'Anna', participantId: 1 })
    },
  },
  {
    id: 'CV2-064/agent',
    title: 'the new nickname of an agent is that of the agent alone',
    rules: ['CV2-064'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.renames('Robert')
      await agent.says('call me Robert')
      await customer.send('hello')
      const answer = await customer.refresh()
      must.haveEvent(answer, { text: 'call me Robert', nickname: 'Robert', participantId: agent.participantId })
      must.haveEvent(answer, { text: 'hello', nickname: 'Ann Bee' })
    },
  },
  {
    id: 'CV2-065/verbatim',
    title: 'blanks, line breaks and special characters of a message stay as they are',
    rules: ['CV2-065'],
    async run({ customer, must }) {
      await customer.requestChat()
      const texts = [
        '  blanks around  ',
        'two\n\nlines\n',
        'tab\tand  two blanks',
        '<b>&amp; "quoted" \'it\'</b>',
        '\\n %41 +',
      ]
      for (const text of texts) await customer.send(text)
      must.equal(
        (await customer.refresh(2)).messages.map(event => event.text),
        texts,
      )
    },
  },
  {
    id: 'CV2-065/carriage-return',
    title: 'a line break of two characters stays one of two characters',
    rules: ['CV2-065'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('one\r\ntwo')
      const { text } = must.haveEvent(await customer.refresh(), { type: 'Message' })
      must.edge.equal(text, 'one\r\ntwo')
    },
  },
  {
    id: 'CV2-065/of-the-agent',
    title: 'the text of an agent reaches the customer with its blanks and line breaks',
    rules: ['CV2-065'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('  first:\n\t1 < 2 & 3\n')
      must.haveEvent(await customer.refresh(), { type: 'Message', text: '  first:\n\t1 < 2 & 3\n' })
    },
  },
  {
    id: 'CV2-066/agent-only',
    title: 'a message between agents takes an index and is not delivered to the customer',
    rules: ['CV2-066'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('between us', { agentOnly: true })
      await agent.says('for you')
      const answer = await customer.refresh()
      must.haveNoEvent(answer, { text: 'between us' })
      must.haveEvent(answer, { text: 'for you', index: 4 })
    },
  },
  {
    id: 'CV2-066/agent-only-notice',
    title: 'a notice between agents is not delivered, neither by refresh nor by send',
    rules: ['CV2-066'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.givesNotice('difficult customer', { agentOnly: true })
      must.haveTypes(await customer.send('hello', { transcriptPosition: 2 }), ['ParticipantJoined', 'Message'])
      must.haveTypes(await customer.refresh(3), ['Message'])
    },
  },
])
