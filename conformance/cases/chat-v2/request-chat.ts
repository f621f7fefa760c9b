import { cases } from '../../case.ts'

const tokenNames = ['alias', 'userId', 'secureKey', 'chatId'] as const

export const requestChat = cases('chat-v2', 'request-chat', [
  {
    id: 'CV2-070/tokens',
    title: 'request chat answers with four tokens and the own join, and a refresh with these tokens is accepted',
    rules: ['CV2-070'],
    async run({ customer, must }) {
      const answer = await customer.requestChat()
      must.ok(answer)
      for (const name of tokenNames) must.match(answer.body[name], /./)
      must.haveEvent(answer, { type: 'ParticipantJoined', nickname: 'Ann Bee', partyType: 'Client' })
      must.ok(await customer.refresh())
    },
  },
  {
    id: 'CV2-070/all-fields',
    title: 'request chat with every documented field is accepted',
    rules: ['CV2-070'],
    async run({ customer, must }) {
      const answer = await customer.requestChat({
        nickname: 'Annie',
        firstName: 'Ann',
        lastName: 'Bee',
        subject: 'Billing',
        emailAddress: 'ann@example.com',
        userData: { TimeZone: '-480', Plan: 'gold' },
      })
      must.ok(answer)
      must.haveEvent(answer, { type: 'ParticipantJoined', partyType: 'Client' })
    },
  },
  {
    id: 'CV2-071/first-event',
    title: 'the first event of a chat is the join of the customer: index 1, participantId 1, type Client',
    rules: ['CV2-071', 'CV2-053'],
    async run({ customer, must }) {
      const answer = await customer.requestChat()
      const { index, type, from } = answer.messages[0] ?? {}
      must.equal([type, index], ['ParticipantJoined', 1])
      must.equal([from?.participantId, from?.type], [1, 'Client'])
    },
  },
  {
    id: 'CV2-071/stays-first',
    title: 'a refresh shows the join of the customer as it was answered to request chat',
    rules: ['CV2-071'],
    async run({ customer, must }) {
      const joined = (await customer.requestChat()).messages[0]
      await customer.send('hello')
      must.equal((await customer.refresh()).messages[0], joined)
      must.haveEvent([joined!], { type: 'ParticipantJoined', index: 1, participantId: 1, partyType: 'Client' })
    },
  },
  {
    id: 'CV2-072/full-name',
    title: 'a customer without nickname is called by first name, one blank and last name',
    rules: ['CV2-072'],
    async run({ customer, must }) {
      const answer = await customer.requestChat({ firstName: 'Anna Maria', lastName: 'van der Bee' })
      must.equal(answer.messages[0]?.from.nickname, 'Anna Maria van der Bee')
    },
  },
  {
    id: 'CV2-072/empty-nickname',
    title: 'a customer with an empty nickname is called by first and last name',
    rules: ['CV2-072'],
    async run({ customer, must }) {
      const answer = await customer.postChat({ nickname: '', firstName: 'Ann', lastName: 'Bee' })
      must.ok(answer)
      must.equal(answer.messages[0]?.from.nickname, 'Ann Bee')
    },
  },
  {
    id: 'CV2-073/nickname-wins',
    title: 'a customer with nickname, first and last name is called by the nickname, also in later events',
    rules: ['CV2-073'],
    async run({ customer, must }) {
      const answer = await customer.requestChat({ nickname: 'Queen', firstName: 'Ann', lastName: 'Bee' })
      must.equal(answer.messages[0]?.from.nickname, 'Queen')
      await customer.send('hello')
      must.haveEvent(await customer.refresh(), { type: 'Message', nickname: 'Queen' })
    },
  },
  {
    id: 'CV2-073/nickname-alone',
    title: 'a nickname is enough to request a chat',
    rules: ['CV2-073'],
    async run({ customer, must }) {
      const answer = await customer.requestChat({ nickname: 'Queen Bee' })
      must.ok(answer)
      must.equal(answer.messages[0]?.from.nickname, 'Queen Bee')
    },
  },
  {
    id: 'CV2-074/attached',
    title: 'the agent reads every userData field under its key and with its value',
    rules: ['CV2-074'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      const userData = { Plan: 'gold', 'order.no': '4711', empfänger: 'Jörg & Söhne', mixedCase: 'Yes', Note: 'a=b;c' }
      await customer.requestChat({ userData })
      await agent.joins()
      const seen = (await agent.sees()).userData
      for (const [key, value] of Object.entries(userData)) must.equal([key, seen[key]], [key, value])
    },
  },
  {
    id: 'CV2-074/long-data',
    title: 'a key of 255 characters and a value of 2,000 are attached whole',
    rules: ['CV2-074'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      const key = 'k'.repeat(255)
      const value = 'ö'.repeat(2000)
      await customer.requestChat({ userData: { [key]: value, Page: 'checkout' } })
      await agent.joins()
      const { userData } = await agent.sees()
      must.equal([userData[key], userData.Page], [value, 'checkout'])
    },
  },
  {
    id: 'CV2-074/own-chat-only',
    title: 'what one customer attaches does not turn up in the chat of another',
    rules: ['CV2-074'],
    needs: ['agent'],
    async run({ customer, anotherCustomer, agent, must }) {
      await customer.requestChat({ userData: { Plan: 'gold' } })
      const other = anotherCustomer()
      await other.requestChat({ userData: { Order: '4711' } })
      await agent.joins({ chatOf: other })
      const { Plan, Order } = (await agent.sees()).userData
      must.equal([Plan, Order], [undefined, '4711'])
    },
  },
  {
    id: 'CV2-075/minutes',
    title: 'the agent reads the time zone of the customer in minutes, as it was given',
    rules: ['CV2-075'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat({ userData: { TimeZone: '-480' } })
      await agent.joins()
      must.equal((await agent.sees()).userData.TimeZone, '-480')
    },
  },
  {
    id: 'CV2-076/attached-names',
    title: 'subject, names and e-mail address are attached as Subject, FirstName, LastName and EmailAddress',
    rules: ['CV2-076'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat({
        nickname: 'Queen',
        firstName: 'Ann',
        lastName: 'Bee',
        subject: 'Billing question',
        emailAddress: 'ann@example.com',
      })
      await agent.joins()
      const { Subject, FirstName, LastName, EmailAddress } = (await agent.sees()).userData
      must.equal(Subject, 'Billing question')
      must.equal([FirstName, LastName], ['Ann', 'Bee'])
      must.equal(EmailAddress, 'ann@example.com')
    },
  },
  {
    id: 'CV2-076/nothing-invented',
    title: 'subject, names and e-mail address that were not given are not attached',
    rules: ['CV2-076'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat({ nickname: 'Queen' })
      await agent.joins()
      const { userData } = await agent.sees()
      const attached = ['Subject', 'FirstName', 'LastName', 'EmailAddress'].filter(key => userData[key] !== undefined)
      must.equal(attached, [])
    },
  },
  {
    id: 'CV2-077/distinct',
    title: 'of 10 chats that are requested at once no two have a chatId or a secureKey in common',
    rules: ['CV2-077'],
    async run({ customer, anotherCustomer, must }) {
      const customers = [customer, ...Array.from({ length: 9 }, anotherCustomer)]
      await Promise.all(customers.map(each => each.requestChat()))
      must.equal(new Set(customers.map(each => each.chatId)).size, customers.length)
      must.equal(new Set(customers.map(each => each.tokens.secureKey)).size, customers.length)
    },
  },
  {
    id: 'CV2-077/same-person',
    title: 'the same person who requests a chat again gets a chat of its own, with nothing of the first one',
    rules: ['CV2-077'],
    async run({ customer, anotherCustomer, must }) {
      const ann = { firstName: 'Ann', lastName: 'Bee', emailAddress: 'ann@example.com' }
      await customer.requestChat(ann)
      await customer.send('of the first chat')
      const again = anotherCustomer()
      must.haveNoEvent(await again.requestChat(ann), { text: 'of the first chat' })
      must.notEqual(again.chatId, customer.chatId)
    },
  },
  {
    id: 'CV2-078/formats',
    title: 'chatId, userId, secureKey and alias have the formats of the reference server',
    rules: ['CV2-078'],
    async run({ customer, must }) {
      await customer.requestChat()
      const { chatId, userId, secureKey, alias } = customer.tokens
      must.match(chatId, /^[0-9A-Za-z]{16}$/)
      must.match(userId, /^[0-9A-F]{16}$/)
      must.be(/^[0-9a-f]{16,20}$/.test(secureKey), 'a secureKey of 16 to 20 lower-case hex digits', 'another key')
      must.match(alias, /^\d+$/)
    },
  },
])
