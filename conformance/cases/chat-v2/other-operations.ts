import { cases } from '../../case.ts'
import type { Operation } from '../../story/customer.ts'

/** What each operation needs beside the tokens. */
const wellFormed: Readonly<Record<Operation, Record<string, string>>> = {
  send: { message: 'hello' },
  refresh: {},
  startTyping: {},
  stopTyping: {},
  pushUrl: { pushUrl: 'https://example.com/' },
  updateNickname: { nickname: 'Annie' },
  customNotice: {},
  updateData: { 'userData[Plan]': 'gold' },
  readReceipt: { transcriptPosition: '1' },
  disconnect: {},
}
const eachOperation = Object.entries(wellFormed) as [Operation, Record<string, string>][]

export const otherOperations = cases('chat-v2', 'other-operations', [
  {
    id: 'CV2-093/with-text',
    title: 'the agent sees that the customer types, what is typed so far, and that it stops',
    rules: ['CV2-093'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      must.ok(await customer.startTyping('I have a'))
      must.ok(await customer.stopTyping('I have a question'))
      const { transcript } = await agent.sees()
      must.haveEvent(transcript, { type: 'TypingStarted', text: 'I have a', participantId: 1 })
      must.haveEvent(transcript, { type: 'TypingStopped', text: 'I have a question', participantId: 1 })
    },
  },
  {
    id: 'CV2-093/without-text',
    title: 'startTyping and stopTyping need no message',
    rules: ['CV2-093'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      must.ok(await customer.startTyping())
      must.ok(await customer.stopTyping())
      const mine = (await agent.sees()).transcript.slice(2)
      must.haveTypes(mine, ['TypingStarted', 'TypingStopped'])
    },
  },
  {
    id: 'CV2-094/url-unchanged',
    title: 'the agent and the customer see the PushUrl with the URL letter for letter',
    rules: ['CV2-094'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      const url = 'HTTPS://Example.com:443/a%20b/../c?q=1&r=%C3%BC+x#Part two'
      must.ok(await customer.pushUrl(url))
      must.haveEvent((await agent.sees()).transcript, { type: 'PushUrl', text: url, participantId: 1 })
      must.haveEvent(await customer.refresh(), { type: 'PushUrl', text: url, participantId: 1 })
    },
  },
  {
    id: 'CV2-095/missing-field',
    title: 'pushUrl, updateNickname and send without their field, or with an empty one, are refused with 9001',
    rules: ['CV2-095'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const value of [undefined, '']) {
        must.status(await customer.post('pushUrl', { pushUrl: value }), 400, 9001)
        must.status(await customer.post('updateNickname', { nickname: value }), 400, 9001)
        must.status(await customer.post('send', { message: value }), 400, 9001)
      }
      must.haveTypes(await customer.refresh(), ['ParticipantJoined'])
    },
  },
  {
    id: 'CV2-096/new-name',
    title: 'updateNickname makes a NicknameUpdated with the new nickname as text and as sender',
    rules: ['CV2-096'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.ok(await customer.updateNickname('Ann Cee'))
      const event = must.haveEvent(await customer.refresh(), { type: 'NicknameUpdated', participantId: 1 })
      must.equal([event.text, event.from.nickname], ['Ann Cee', 'Ann Cee'])
    },
  },
  {
    id: 'CV2-096/past-unchanged',
    title: 'after updateNickname later events have the new nickname and earlier ones keep the old one',
    rules: ['CV2-096', 'CV2-064'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('before')
      must.ok(await customer.updateNickname('Ann Cee'))
      await customer.send('after')
      const answer = await customer.refresh()
      must.haveEvent(answer, { type: 'NicknameUpdated', text: 'Ann Cee' })
      must.haveEvent(answer, { text: 'before', nickname: 'Ann Bee' }, 'CV2-064')
      must.haveEvent(answer, { text: 'after', nickname: 'Ann Cee' }, 'CV2-064')
    },
  },
  {
    id: 'CV2-097/with-and-without',
    title: 'customNotice makes a CustomNotice with the message as text, or without text',
    rules: ['CV2-097'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.ok(await customer.customNotice('page=checkout'))
      must.ok(await customer.customNotice())
      const notices = (await customer.refresh()).messages.filter(
        event => event.type === 'CustomNotice' && event.from.participantId === 1,
      )
      must.equal(
        notices.map(event => event.text),
        ['page=checkout', undefined],
      )
    },
  },
  {
    id: 'CV2-098/merged',
    title: 'updateData replaces the keys that it names, adds new ones and leaves the others and nextPosition',
    rules: ['CV2-098'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat({ userData: { Plan: 'gold', Order: '4711' } })
      await agent.joins()
      const answer = await customer.updateData({ Plan: 'silver', Page: 'checkout' })
      must.ok(answer)
      must.equal([answer.messages, answer.nextPosition], [[], 3])
      const { Plan, Order, Page } = (await agent.sees()).userData
      must.equal({ Plan, Order, Page }, { Plan: 'silver', Order: '4711', Page: 'checkout' })
    },
  },
  {
    id: 'CV2-098/no-event',
    title: 'updateData answers without events and adds none to the transcript',
    rules: ['CV2-098'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('hello')
      const answer = await customer.updateData({ Plan: 'gold' })
      must.ok(answer)
      must.haveTypes(answer, [])
      const own = (await customer.refresh()).messages.filter(event => event.from.participantId === 1)
      must.haveTypes(own, ['ParticipantJoined', 'Message'])
    },
  },
  {
    id: 'CV2-099/no-data',
    title: 'updateData without data is accepted, and the data stay as they are',
    rules: ['CV2-099'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat({ userData: { Plan: 'gold' } })
      await agent.joins()
      const before = (await agent.sees()).userData
      const answer = await customer.updateData({})
      must.ok(answer)
      must.equal((await agent.sees()).userData, before)
    },
  },
  {
    id: 'CV2-099/accepted',
    title: 'updateData without data is answered with statusCode 0, and the chat goes on',
    rules: ['CV2-099'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.ok(await customer.updateData({}))
      must.haveTypes(await customer.refresh(), ['ParticipantJoined'])
    },
  },
  {
    id: 'CV2-100/goodbye',
    title: 'disconnect answers chatEnded true, no events, no secureKey and no userId, whatever position it names',
    rules: ['CV2-100'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.send('hello')
      const goodbye = await customer.post('disconnect', { transcriptPosition: '1' })
      must.ok(goodbye)
      must.equal(goodbye.chatEnded, true)
      must.equal(goodbye.body.messages, [])
      must.equal([goodbye.body.secureKey, goodbye.body.userId], [undefined, undefined])
    },
  },
  {
    id: 'CV2-101/after-disconnect',
    title: 'after disconnect each operation with the old tokens is fatal',
    rules: ['CV2-101', 'CV2-100'],
    async run({ customer, must }) {
      await customer.requestChat()
      const goodbye = await customer.disconnect()
      must.ok(goodbye, 'CV2-100')
      must.equal(goodbye.chatEnded, true, 'CV2-100')
      // That REST has a read receipt is our decision (CV2-107).
      for (const [operation, fields] of eachOperation)
        if (operation !== 'readReceipt') must.refuse(await customer.post(operation, fields))
    },
  },
  {
    id: 'CV2-101/agent-stays',
    title: 'after disconnect the old tokens are void also while the agent is still in the chat',
    rules: ['CV2-101'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      must.ok(await customer.disconnect())
      await agent.says('are you still there?')
      must.refuse(await customer.post('refresh'))
      must.refuse(await customer.post('send', { message: 'yes' }))
      must.haveNoEvent((await agent.sees()).transcript, { type: 'Message', participantId: 1 })
    },
  },
  {
    id: 'CV2-102/agent-sees-it',
    title: 'the agent sees one ParticipantLeft of the customer who disconnected, with quit reason 0',
    rules: ['CV2-102'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      must.ok(await customer.disconnect())
      const events = (await agent.sees()).transcript.slice(2)
      must.haveTypes(events, ['ParticipantLeft'])
      must.haveEvent(events, { participantId: 1, partyType: 'Client', userData: { 'quit-reason-code': '0' } })
    },
  },
  {
    id: 'CV2-103/wrong-key',
    title: 'a wrong secureKey is answered 249, and the right one does not help afterwards',
    rules: ['CV2-103'],
    needs: ['destructive'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.refuse(await customer.post('refresh', { secureKey: '00000000000000000000' }), 249)
      must.refuse(await customer.post('refresh'), 249)
    },
  },
  {
    id: 'CV2-103/almost-the-key',
    title: 'a secureKey whose last character is wrong is answered 249',
    rules: ['CV2-103'],
    needs: ['destructive'],
    async run({ customer, must }) {
      await customer.requestChat()
      const { secureKey } = customer.tokens
      const almost = secureKey.slice(0, -1) + (secureKey.endsWith('0') ? '1' : '0')
      must.refuse(await customer.post('send', { message: 'hello', secureKey: almost }), 249)
    },
  },
  {
    id: 'CV2-103/foreign-key',
    title: 'the secureKey of another chat is wrong too: answered 249, and the other chat goes on',
    rules: ['CV2-103'],
    needs: ['destructive'],
    async run({ customer, anotherCustomer, must }) {
      await customer.requestChat()
      const other = anotherCustomer()
      await other.requestChat()
      must.refuse(await customer.post('refresh', { secureKey: other.tokens.secureKey }), 249)
      must.refuse(await customer.post('refresh'), 249)
      must.ok(await other.refresh())
    },
  },
  {
    id: 'CV2-103/party-removed',
    title: 'the agent sees that a wrong secureKey removed the customer, and nothing of what came with the key',
    rules: ['CV2-103'],
    needs: ['destructive', 'agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      must.refuse(await customer.post('send', { message: 'intruder', secureKey: '00000000000000000000' }), 249)
      const { transcript } = await agent.sees()
      must.haveEvent(transcript, { type: 'ParticipantLeft', participantId: 1 })
      must.haveNoEvent(transcript, { type: 'Message' })
    },
  },
  {
    id: 'CV2-104/unknown-chat',
    title: 'each operation with a chatId that nobody knows is answered 249',
    rules: ['CV2-104'],
    async run({ customer, must }) {
      await customer.requestChat()
      const { chatId, ...tokens } = customer.tokens
      for (const [operation, fields] of eachOperation) {
        const path = customer.path(operation).replace(chatId, '0000000000000000')
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        const body = new URLSearchParams({ ...tokens, ...fields }).toString()
        must.refuse(await customer.http({ path, headers, body }), 249)
      }
      must.ok(await customer.refresh())
    },
  },
  {
    id: 'CV2-105/foreign-user',
    title: 'the userId of another chat is answered 249 and harms neither chat',
    rules: ['CV2-105'],
    async run({ customer, anotherCustomer, must }) {
      await customer.requestChat()
      const other = anotherCustomer()
      await other.requestChat()
      must.refuse(await customer.post('send', { message: 'hello', userId: other.tokens.userId }), 249)
      const answer = await customer.refresh()
      must.ok(answer)
      must.haveTypes(answer, ['ParticipantJoined'])
      must.ok(await other.refresh())
    },
  },
  {
    id: 'CV2-106/unknown-alias',
    title: 'an alias that is unknown or no number is no error, and the answer has the right one',
    rules: ['CV2-106'],
    async run({ customer, must }) {
      await customer.requestChat()
      const { alias } = customer.tokens
      for (const wrong of ['99999', '0', 'none']) {
        const answer = await customer.post('send', { message: wrong, alias: wrong })
        must.edge.ok(answer)
        must.edge.equal(answer.body.alias, alias)
      }
    },
  },
  {
    id: 'CV2-106/alias-of-stopped-server',
    title: 'the alias of a Chat Server that is stopped is no error, and the answer has the right one',
    rules: ['CV2-106'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      const { alias } = customer.tokens
      const other = 1 - (await server.serverOf(customer))
      const otherAlias = String((await server.health(other)).body.app_dbid)
      const whileItRuns = await customer.post('refresh', { alias: otherAlias })
      must.ok(whileItRuns)
      must.edge.equal(whileItRuns.body.alias, alias)
      await server.stopChatServer(other)
      const afterwards = await customer.post('refresh', { alias: otherAlias })
      must.ok(afterwards)
      must.edge.equal(afterwards.body.alias, alias)
    },
  },
  {
    id: 'CV2-107/receipt',
    title: 'the agent sees what the customer has read, and the transcript stays as it was',
    rules: ['CV2-107'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('please read')
      const answer = await customer.readReceipt(3)
      must.ok(answer)
      must.equal([answer.messages, answer.nextPosition], [[], 4])
      const { readReceipts, transcript } = await agent.sees()
      must.equal(readReceipts, [{ participantId: 1, index: 3 }])
      must.haveTypes(transcript, ['ParticipantJoined', 'ParticipantJoined', 'Message'])
    },
  },
  {
    id: 'CV2-107/unknown-event',
    title: 'a read receipt for an event that does not exist is accepted and changes nothing',
    rules: ['CV2-107'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      must.ok(await customer.readReceipt(9999))
      must.equal((await agent.sees()).readReceipts, [])
      must.haveTypes(await customer.refresh(), ['ParticipantJoined', 'ParticipantJoined'])
    },
  },
  {
    id: 'CV2-107/beyond-the-end',
    title: 'a read receipt for an index beyond the end is accepted, and later ones are, too',
    rules: ['CV2-107'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.ok(await customer.readReceipt(2))
      const answer = await customer.readReceipt(1)
      must.ok(answer)
      must.equal([answer.messages, answer.nextPosition], [[], 2])
    },
  },
  {
    id: 'CV2-108/agent-closes',
    title: 'after the agent closed the chat one refresh tells the end, later ones are fatal',
    rules: ['CV2-108'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.closes()
      const rest = await customer.refresh(2)
      must.ok(rest)
      must.equal(rest.chatEnded, true)
      must.edge.haveTypes(rest, ['ParticipantJoined', 'ParticipantLeft', 'ParticipantLeft'])
      must.refuse(await customer.post('refresh'))
    },
  },
  {
    id: 'CV2-108/workflow-ends',
    title: 'after the workflow ended the chat one refresh tells the end, later requests are fatal',
    rules: ['CV2-108'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await customer.send('hello')
      await agent.workflowStops()
      const rest = await customer.refresh(3)
      must.ok(rest)
      must.equal(rest.chatEnded, true)
      must.edge.haveTypes(rest, ['ParticipantLeft'])
      must.refuse(await customer.post('send', { message: 'hello?' }))
      must.refuse(await customer.post('refresh'))
    },
  },
])
