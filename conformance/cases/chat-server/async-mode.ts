import { type Case, cases } from '../../case.ts'
import type { Story } from '../../story/story.ts'

// A day passes in these stories. What keeps the session alive meanwhile is its push subscription (CS-045).
const asyncChat = { async: true, push: 'payload' } as const
const alert = { type: 'IdleAlert' } as const
const statusIn = ({ GCTI_Chat_AsyncStatus }: Record<string, string>) => ({ GCTI_Chat_AsyncStatus })

const doings = {
  pushUrl: ({ customer }: Story) => customer.pushUrl('https://example.com/order/7'),
  customNotice: ({ customer }: Story) => customer.customNotice('reads the order'),
  typingStarted: ({ customer }: Story) => customer.startTyping(),
  typingStopped: ({ customer }: Story) => customer.stopTyping(),
  nickname: ({ customer }: Story) => customer.updateNickname('Annie'),
}
type Doing = keyof typeof doings

/** What a word of async-idle-notices counts, and that it counts nothing else. */
function noticesOf(word: string, counted: readonly Doing[]): Case {
  const others = (Object.keys(doings) as Doing[]).filter(doing => !counted.includes(doing))
  const names = counted.length === 0 ? 'no notice' : counted.join(', ')
  return {
    id: `CS-029/${word}`,
    title: `async-idle-notices=${word} counts ${names}${others.length === 0 ? '' : ', and nothing else'}`,
    rules: ['CS-029'],
    needs: ['time control', 'configuration'],
    async run(story) {
      const { customer, clock, server, must } = story
      await server.set('settings', 'async-idle-notices', word)
      await customer.requestChat(asyncChat)
      for (const doing of counted) {
        await clock.advance('23h')
        must.ok(await doings[doing](story))
      }
      await clock.advance('23h')
      must.haveNoEvent(await customer.refresh(), alert)
      for (const doing of others) must.ok(await doings[doing](story))
      await clock.advance('1h')
      must.haveEvent(await customer.refresh(), alert)
    },
  }
}

export const asyncMode = cases('chat-server', 'async-mode', [
  {
    id: 'CS-020/with-and-without',
    title: 'a chat with GCTI_Chat_AsyncMode=true gets an alert after a day, one without does not',
    rules: ['CS-020'],
    needs: ['time control'],
    async run({ customer, anotherCustomer, clock, must }) {
      const other = anotherCustomer()
      await customer.requestChat(asyncChat)
      await other.requestChat({ push: 'payload' })
      await clock.advance('24h')
      must.haveEvent(await customer.refresh(), alert)
      must.haveNoEvent(await other.refresh(), alert)
      await clock.advance('1h')
      must.goOn(await other.refresh())
    },
  },
  {
    id: 'CS-021/after-a-day',
    title: 'an asynchronous chat that nobody uses for a day gets an alert, not earlier',
    rules: ['CS-021'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat({ async: true, push: 'payload' })
      // The pings that a session in the background needs so as not to be removed (CS-004).
      for (let hour = 0; hour < 23; hour++) {
        await clock.advance('1h')
        await customer.refresh(0)
      }
      await clock.advance('59m')
      must.haveNoEvent(await customer.refresh(), { type: 'IdleAlert' })
      await clock.advance('1m')
      must.haveEvent(await customer.refresh(), { type: 'IdleAlert' })
    },
  },
  {
    id: 'CS-021/text-for-everybody',
    title: 'the alert has the text of message-alert, for the customer, its device and the agent',
    rules: ['CS-021'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, server, must }) {
      const text = 'Is there anything else?'
      await server.set('inactivity-control', 'message-alert', text)
      await customer.requestChat(asyncChat)
      await agent.joins()
      await sink.nextPush()
      await clock.advance('24h')
      must.haveEvent(await customer.refresh(), { type: 'IdleAlert', text })
      must.haveEvent((await agent.sees()).transcript, { type: 'IdleAlert', text })
      must.equal((await sink.nextPush()).event?.text, text)
    },
  },
  {
    id: 'CS-022/status-3',
    title: 'the alert marks the interaction: GCTI_Chat_AsyncStatus is 3, GCTI_Chat_AsyncCheckAt is there',
    rules: ['CS-022'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat(asyncChat)
      must.notEqual(statusIn((await agent.sees()).userData), { GCTI_Chat_AsyncStatus: '3' })
      await clock.advance('24h')
      const { userData } = await agent.sees()
      must.equal(statusIn(userData), { GCTI_Chat_AsyncStatus: '3' })
      must.be(Boolean(userData.GCTI_Chat_AsyncCheckAt), 'user data GCTI_Chat_AsyncCheckAt', userData)
    },
  },
  {
    id: 'CS-023/close-is-called-off',
    title: 'a message after the alert calls the close off',
    rules: ['CS-023'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat(asyncChat)
      await clock.advance('24h')
      await clock.advance('59m')
      must.ok(await customer.send('I am still here'))
      await clock.advance('2h')
      must.goOn(await customer.refresh())
    },
  },
  {
    id: 'CS-023/next-alert',
    title: 'after activity that called the close off, the next alert comes a day later',
    rules: ['CS-023'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat(asyncChat)
      await clock.advance('24h')
      const { nextPosition } = await customer.send('I am still here')
      await clock.advance('23h')
      must.haveNoEvent(await customer.refresh(nextPosition), alert)
      await clock.advance('1h')
      must.haveEvent(await customer.refresh(nextPosition), alert)
    },
  },
  {
    id: 'CS-024/an-hour-later',
    title: 'an hour after the alert the text of message-close comes, then the chat is over, not earlier',
    rules: ['CS-024'],
    needs: ['time control', 'configuration'],
    async run({ customer, clock, server, must }) {
      await server.set('inactivity-control', 'message-close', 'Goodbye.')
      await customer.requestChat(asyncChat)
      await clock.advance('24h')
      await clock.advance('3599s')
      must.goOn(await customer.refresh())
      await clock.advance('1s')
      const last = await customer.refresh()
      const close = must.haveEvent(last, { text: 'Goodbye.' })
      must.haveEvent(last, { type: 'ParticipantLeft', participantId: 1, index: Number(close.index) + 1 })
      must.end(last)
    },
  },
  {
    id: 'CS-025/reason-7',
    title: 'the customer of a chat that was closed for inactivity has left with reason 7',
    rules: ['CS-025'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat(asyncChat)
      await clock.advance('25h')
      must.haveEvent(await customer.refresh(), {
        type: 'ParticipantLeft',
        participantId: 1,
        userData: { 'quit-reason-code': '7' },
      })
    },
  },
  {
    id: 'CS-026/silent-alert',
    title: 'with an empty message-alert there is no notice, the status and the close come all the same',
    rules: ['CS-026'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await server.set('inactivity-control', 'message-alert', '')
      await customer.requestChat(asyncChat)
      await clock.advance('24h')
      must.haveNoEvent(await customer.refresh(), alert)
      must.equal(statusIn((await agent.sees()).userData), { GCTI_Chat_AsyncStatus: '3' })
      await clock.advance('1h')
      must.end(await customer.refresh())
    },
  },
  {
    id: 'CS-026/silent-close',
    title: 'with an empty message-close the chat is closed without a notice',
    rules: ['CS-026'],
    needs: ['time control', 'configuration'],
    async run({ customer, clock, server, must }) {
      await server.set('inactivity-control', 'message-close', '')
      await customer.requestChat(asyncChat)
      await clock.advance('25h')
      const last = await customer.refresh()
      must.haveTypes(last, ['ParticipantJoined', 'IdleAlert', 'ParticipantLeft'])
      must.end(last)
    },
  },
  {
    id: 'CS-027/without-agent',
    title: 'a chat that no agent ever joined is alerted and closed',
    rules: ['CS-027'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat(asyncChat)
      await clock.advance('24h')
      must.haveEvent(await customer.refresh(), alert)
      await clock.advance('1h')
      must.end(await customer.refresh())
    },
  },
  {
    id: 'CS-027/with-agent',
    title: 'a chat with an agent in it is alerted and closed, too',
    rules: ['CS-027'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat(asyncChat)
      await agent.joins()
      await clock.advance('24h')
      must.haveEvent(await customer.refresh(), alert)
      await clock.advance('1h')
      must.end(await customer.refresh())
    },
  },
  {
    id: 'CS-028/coming-going-writing',
    title: 'an agent who joins, writes and leaves and a customer who writes each hold up the alert',
    rules: ['CS-028'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat(asyncChat)
      const doings = [
        () => agent.joins(),
        () => agent.says('hello'),
        () => agent.leaves(),
        () => customer.send('hello?'),
      ]
      for (const doing of doings) {
        await clock.advance('23h')
        must.haveNoEvent(await customer.refresh(), alert)
        await doing()
      }
      await clock.advance('23h')
      must.haveNoEvent(await customer.refresh(), alert)
      await clock.advance('1h')
      must.haveEvent(await customer.refresh(), alert)
    },
  },
  noticesOf('none', []),
  noticesOf('major', ['pushUrl']),
  noticesOf('major2', ['pushUrl', 'customNotice']),
  noticesOf('typing', ['pushUrl', 'typingStarted']),
  noticesOf('all', ['pushUrl', 'customNotice', 'typingStarted', 'typingStopped', 'nickname']),
  {
    id: 'CS-029/of-the-agent',
    title: 'a URL that the agent pushes counts, its typing does not',
    rules: ['CS-029'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat(asyncChat)
      await agent.joins()
      await clock.advance('23h')
      await agent.pushesUrl('https://example.com/offer')
      await clock.advance('23h')
      await agent.startsTyping()
      must.haveNoEvent(await customer.refresh(), alert)
      await clock.advance('1h')
      must.haveEvent(await customer.refresh(), alert)
    },
  },
  {
    id: 'CS-030/bot',
    title: 'a bot that joins and writes does not hold up the alert',
    rules: ['CS-030'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat(asyncChat)
      await clock.advance('23h')
      await agent.joins({ nickname: 'Helper', partyType: 'External' })
      await agent.says('You are number 3 in the queue.')
      await agent.pushesUrl('https://example.com/queue')
      await clock.advance('1h')
      must.haveEvent(await customer.refresh(), alert)
    },
  },
  {
    id: 'CS-030/agents-among-themselves',
    title: 'what only agents see does not hold up the alert',
    rules: ['CS-030'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat(asyncChat)
      await agent.joins()
      await clock.advance('23h')
      await agent.says('a difficult one', { agentOnly: true })
      await clock.advance('1h')
      must.haveEvent(await customer.refresh(), alert)
    },
  },
  {
    id: 'CS-031/pings',
    title: 'pings and read receipts do not hold up the alert',
    rules: ['CS-031'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat(asyncChat)
      for (let day = 0; day < 4; day++) {
        await clock.advance('6h')
        must.ok(await customer.refresh(0))
        must.ok(await customer.readReceipt(1))
      }
      must.haveEvent(await customer.refresh(), alert)
    },
  },
  {
    id: 'CS-032/in-the-transcript',
    title: 'alert and close stand in the transcript as IdleAlert and IdleClose of the system',
    rules: ['CS-032'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat(asyncChat)
      await clock.advance('25h')
      const last = await customer.refresh()
      must.haveTypes(last, ['ParticipantJoined', 'IdleAlert', 'IdleClose', 'ParticipantLeft'])
      must.edge.haveEvent(last, { type: 'IdleAlert', partyType: 'External', nickname: 'system' })
      must.edge.haveEvent(last, { type: 'IdleClose', partyType: 'External', nickname: 'system' })
    },
  },
  {
    id: 'CS-033/customer-writes',
    title: 'a message of the customer after the agent has gone sets GCTI_Chat_AsyncStatus to 2',
    rules: ['CS-033'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat(asyncChat)
      await agent.joins()
      await agent.leaves()
      must.notEqual(statusIn((await agent.sees()).userData), { GCTI_Chat_AsyncStatus: '2' })
      await customer.send('one more question')
      must.equal(statusIn((await agent.sees()).userData), { GCTI_Chat_AsyncStatus: '2' })
    },
  },
  {
    id: 'CS-034/off-by-default',
    title: 'a regular chat is neither alerted nor closed while inactivity control is not enabled',
    rules: ['CS-034'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await clock.advance('1h')
      must.haveNoEvent(await customer.refresh(), alert)
      must.goOn(await customer.refresh())
    },
  },
  {
    id: 'CS-035/alert-and-close',
    title: 'regular control alerts after timeout-alert and closes timeout-close later',
    rules: ['CS-035'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await server.set('inactivity-control', 'enabled', 'true')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await clock.advance('254s')
      must.haveNoEvent(await customer.refresh(), alert)
      await clock.advance('1s')
      must.haveEvent(await customer.refresh(), alert)
      await clock.advance('44s')
      must.goOn(await customer.refresh())
      await clock.advance('1s')
      must.end(await customer.refresh())
    },
  },
  {
    id: 'CS-035/second-alert',
    title: 'with timeout-alert2 a second alert with its own text comes before the close',
    rules: ['CS-035'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await server.set('inactivity-control', 'enabled', 'true')
      await server.set('inactivity-control', 'timeout-alert2', '60')
      await server.set('inactivity-control', 'message-alert2', 'Last call.')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await clock.advance('255s')
      must.haveNoEvent(await customer.refresh(), { text: 'Last call.' })
      await clock.advance('60s')
      must.haveEvent(await customer.refresh(), { type: 'IdleAlert', text: 'Last call.' })
      await clock.advance('45s')
      must.end(await customer.refresh())
    },
  },
  {
    id: 'CS-035/starts-anew',
    title: 'joins, leaves, messages and the notices of include-notices start regular control anew',
    rules: ['CS-035'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, anotherAgent, clock, server, must }) {
      await server.set('inactivity-control', 'enabled', 'true')
      await server.set('inactivity-control', 'include-notices', 'typing')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      const bot = anotherAgent('Helper')
      const doings = [
        () => bot.joins({ partyType: 'External' }),
        () => bot.leaves(),
        () => agent.says('hello'),
        () => customer.send('hello'),
        () => agent.startsTyping(),
        () => customer.pushUrl('https://example.com'),
      ]
      for (const doing of doings) {
        await clock.advance('250s')
        must.haveNoEvent(await customer.refresh(), alert)
        await doing()
      }
      await clock.advance('250s')
      must.haveNoEvent(await customer.refresh(), alert)
      await customer.customNotice('is not counted')
      await clock.advance('5s')
      must.haveEvent(await customer.refresh(), alert)
    },
  },
  {
    id: 'CS-036/switched-on',
    title: 'regular control that is switched on begins in a running chat with its next activity',
    rules: ['CS-036'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await server.set('inactivity-control', 'enabled', 'true')
      await clock.advance('10m')
      must.haveNoEvent(await customer.refresh(), alert)
      await customer.send('hello')
      await clock.advance('255s')
      must.haveEvent(await customer.refresh(), alert)
    },
  },
  {
    id: 'CS-036/switched-off',
    title: 'regular control that is switched off ends in a running chat with the timer that runs',
    rules: ['CS-036'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await server.set('inactivity-control', 'enabled', 'true')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await clock.advance('100s')
      await server.set('inactivity-control', 'enabled', 'false')
      await clock.advance('10m')
      must.haveNoEvent(await customer.refresh(), alert)
      must.goOn(await customer.refresh())
    },
  },
])
