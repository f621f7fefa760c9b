import { expect, it } from 'vitest'
import type { BayeuxMessage } from '../../../protocol/bayeux/message.ts'
import type { Case } from '../../case.ts'
import { performCase } from '../../runner/perform-case.ts'
import { fakeStack, joined, jsonAnswer, performanceForTests, started } from '../../runner/stack-for-tests.ts'

const channel = '/service/chatV2/care'
const data = { ...started, chatId: 'deprecated', userId: 'deprecated', alias: '0' }
const shaken = {
  clientId: '1a2b3c4d5e6f7g8h9i0j1k2l',
  version: '1.0',
  supportedConnectionTypes: ['long-polling'],
  advice: { reconnect: 'retry', interval: 0, timeout: 30_000 },
}
const said = (index: number) => ({ ...joined, type: 'Message', text: `${index}`, index })

/** Over polling each connect brings one event, and is answered when the node is next asked anything: a slow way. */
function slowStack(waiting: number[]) {
  let release: ((event: object) => void) | undefined
  let connects = 0
  const stack = fakeStack(() => jsonAnswer({}))
  stack.http.send = async request => {
    if (request.method === 'OPTIONS') {
      const index = release && waiting.shift()
      const messages = index === undefined ? [] : [said(index)]
      if (index !== undefined)
        release!({ channel, data: { ...data, channel, monitored: false, nextPosition: 9, messages } })
      return jsonAnswer({})
    }
    const [{ channel: to = '', id } = {}] = JSON.parse(String(request.body)) as BayeuxMessage[]
    const reply = { channel: to, id, successful: true }
    if (to === '/meta/handshake') return jsonAnswer([{ ...reply, ...shaken }])
    if (to !== '/meta/connect') return jsonAnswer([{ channel, data }, reply])
    if (connects++ === 0) return jsonAnswer([reply])
    return new Promise(resolve => {
      release = event => {
        release = undefined
        resolve(jsonAnswer([event, reply]))
      }
    })
  }
  return stack
}

it('what waits for one connect after the other over a slow way has come before nothing more is said to come', async () => {
  let heard: unknown
  const each: Case = {
    id: 'CV2-116/x',
    title: 'all is heard',
    rules: ['CV2-116'],
    async run({ comet }) {
      comet.over('long-polling')
      await comet.requestChat()
      heard = (await comet.notifications()).map(({ messages }) => messages[0]?.text)
    },
  }
  const { verdict, broken, problem } = await performCase(each, slowStack([2, 3, 4, 5, 6]), performanceForTests)
  expect({ verdict, broken, problem, heard }).toEqual({
    verdict: 'passed',
    broken: [],
    heard: ['2', '3', '4', '5', '6'],
  })
})
