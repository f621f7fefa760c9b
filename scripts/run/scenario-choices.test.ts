import { expect, test } from 'vitest'
import { scenarioNames } from '../build-scenarios.ts'
import { scenarioChoices } from './scenario-choices.ts'

test('help names every scenario, and what it means by its name', () => {
  expect(scenarioChoices.map(({ word }) => word).sort()).toEqual(scenarioNames())
  const comet = scenarioChoices.find(({ word }) => word === 'cometd-chat')!
  expect(comet.does).toMatch(/\(--transport websocket --push off --ping-interval 0\)$/)
})
