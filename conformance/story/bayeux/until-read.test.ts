import { expect, it } from 'vitest'
import type { Case } from '../../case.ts'
import { performCase } from '../../runner/perform-case.ts'
import { fakeStack, jsonAnswer, performanceForTests } from '../../runner/stack-for-tests.ts'

const holding: Case = {
  id: 'BX-111/held',
  title: 'a connect is held',
  rules: ['BX-111'],
  run: async ({ browser }) => browser.holds(browser.post('[]')),
}

it.each([
  ['answers', ['POST', 'OPTIONS', 'OPTIONS']],
  ['is silent to', ['POST', 'OPTIONS']],
] as const)(
  '[BX-111] a target without control port that %s OPTIONS has time to read a request before it counts as held',
  async (how, expected) => {
    const asked: string[] = []
    const stack = fakeStack(() => jsonAnswer({}))
    stack.http.send = ({ method }) => {
      asked.push(method)
      if (method === 'POST') return new Promise(() => {})
      return how === 'answers' ? Promise.resolve(jsonAnswer({})) : Promise.reject(new Error('silent'))
    }
    const { verdict, turns } = await performCase(holding, stack, performanceForTests)
    expect([verdict, turns.map(each => each.said), asked]).toEqual([
      'passed',
      ['the request of browser is held'],
      expected,
    ])
  },
)
