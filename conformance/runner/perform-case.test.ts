import { expect, it } from 'vitest'
import type { Case } from '../case.ts'
import { performCase } from './perform-case.ts'
import { accepted, fakeStack, jsonAnswer, performanceForTests } from './stack-for-tests.ts'

const afterSend: Case = {
  id: 'CV2-087/after-send',
  title: 'nextPosition counts the message',
  rules: ['CV2-087', 'CV2-080'],
  async run({ customer, must }) {
    await customer.requestChat()
    const answer = await customer.send('hello')
    must.equal(answer.nextPosition, 3)
    must.equal(answer.messages, [], 'CV2-080')
  },
}
const answering = (body: object, status = 200) => fakeStack(() => jsonAnswer(body, status))
const run = (each: Case, stack = answering({ ...accepted, nextPosition: 3 })) =>
  performCase(each, stack, performanceForTests)

it('a story that holds has passed, and its conversation is kept without keys', async () => {
  const { verdict, turns } = await run(afterSend)
  expect([verdict, turns.map(turn => turn.said)]).toEqual([
    'passed',
    [
      'customer requests a chat → 200, statusCode 0, ParticipantJoined #1, nextPosition 2',
      'customer sends "hello" → 200, statusCode 0, nextPosition 3',
    ],
  ])
  expect(JSON.stringify(turns)).not.toContain('0011aa22bb33cc44dd55')
})

it('a check that fails names its rule, what was expected and what was found', async () => {
  const { verdict, broken } = await run(afterSend, answering({ ...accepted, nextPosition: 9 }))
  expect(verdict).toBe('failed')
  expect(broken.map(({ rule, expected, found }) => ({ rule, expected, found }))).toEqual([
    { rule: 'CV2-087', expected: '3', found: '9' },
  ])
})

it('a malformed answer fails the case under its own rule, whatever the case is about', async () => {
  const { nextPosition: _, ...without } = accepted
  const { verdict, broken } = await run(afterSend, answering(without))
  expect([verdict, broken[0]?.rule]).toEqual(['failed', 'CV2-087'])
})

it('elsewhere our decisions are information and the story goes on', async () => {
  const each: Case = {
    id: 'CV2-006/json',
    title: 'JSON is refused',
    rules: ['CV2-006', 'CV2-100'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.equal(1, 2)
      must.equal(1, 2, 'CV2-100')
    },
  }
  const soft = await performCase(
    each,
    fakeStack(() => jsonAnswer(accepted), { isOurs: false }),
    performanceForTests,
  )
  // CV2-006 is a decision, CV2-100 is documented.
  expect([soft.verdict, soft.broken.map(({ rule }) => rule)]).toEqual(['failed', ['CV2-006', 'CV2-100']])
  const ours = await run(each)
  expect(ours.broken.map(({ rule }) => rule)).toEqual(['CV2-006'])
})

it('[CV2-007] elsewhere an HTML page with HTTP 405 is information, one with HTTP 200 a failure', async () => {
  const page = (status: number) =>
    fakeStack(() => ({ status, headers: { 'content-type': 'text/html' }, text: '<html>' }), { isOurs: false })
  const each: Case = {
    id: 'CV2-002/put',
    title: 'PUT is refused',
    rules: ['CV2-002'],
    run: async ({ customer }) => void (await customer.http({ method: 'PUT', path: '/genesys/2/chat/care/x/send' })),
  }
  expect((await performCase(each, page(405), performanceForTests)).verdict).toBe('informational')
  expect((await performCase(each, page(200), performanceForTests)).verdict).toBe('failed')
})

it.each<[string, Partial<Case>, string]>([
  [
    'an actor that the case does not declare',
    { run: async ({ agent }) => agent.joins() },
    'uses agent, which the case does not declare',
  ],
  ['a need that is never used', { needs: ['push sink'], run: async () => {} }, 'declares push sink and never uses it'],
  [
    'a rule that is not among those of the case',
    { run: async ({ must }) => must.equal(1, 2, 'CS-001') },
    'names CS-001, which is not among the rules',
  ],
  [
    'a broken form',
    {
      run: async ({ customer }) => {
        await customer.requestChat()
        await customer.send('')
      },
    },
    'sends a broken send-form',
  ],
  ['a story that throws', { run: async () => Promise.reject(new TypeError('a bug')) }, 'a bug'],
])('%s is an error of the suite', async (_, change, problem) => {
  const performed = await run({ ...afterSend, ...change })
  expect([performed.verdict, performed.problem]).toEqual(['error', expect.stringContaining(problem)])
})

it('a story that hangs ends at its limit', async () => {
  const each: Case = { ...afterSend, run: () => new Promise(() => {}) }
  const performed = await performCase(each, answering(accepted), { ...performanceForTests, timeLimitMs: 20 })
  expect([performed.verdict, performed.problem]).toEqual(['error', 'the story did not end within 0.02 s'])
})

it('a chat that is left over is ended', async () => {
  const asked: string[] = []
  const stack = fakeStack(() => jsonAnswer({ ...accepted, nextPosition: 3 }))
  const { send } = stack.http
  stack.http.send = request => {
    asked.push(request.url.split('/').at(-1)!)
    return send(request)
  }
  await run(afterSend, stack)
  expect(asked).toEqual(['care', 'send', 'disconnect'])
})
