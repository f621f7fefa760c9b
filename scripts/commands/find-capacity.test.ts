import { afterEach, expect, it, vi } from 'vitest'
import { main } from '../program/main.ts'

afterEach(() => vi.restoreAllMocks())

async function refusalOf(...args: string[]): Promise<string> {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(await main(['run', ...args])).toBe(2)
  expect(said).toHaveBeenCalledTimes(1)
  return said.mock.calls[0]![0] as string
}

it.each([
  [['find-capacity'], 'run find-capacity needs --vary WHAT; allowed: sessions, messages, pushes'],
  [
    ['find-capacity', '--vary', 'pushs'],
    "--vary: 'pushs' is not allowed (did you mean pushes?); allowed: sessions, messages, pushes",
  ],
  [['find-capacity', 'async-chat', '--vary', 'pushes'], 'run find-capacity takes no word async-chat'],
  [['find-capacity', '--vary', 'pushes', '--lowest', '9/s', '--highest', '8/s'], '--lowest 9 is above --highest 8'],
  [
    ['find-capacity', '--vary', 'sessions', '--lowest', '2.5'],
    '--lowest and --highest are whole numbers with --vary sessions',
  ],
  [
    ['find-capacity', '--vary', 'pushes', '--time-scale', '2'],
    '--time-scale cannot be used with run find-capacity: latency is not judged on a faster clock',
  ],
  [
    ['find-capacity', '--vary', 'pushes', '--junit', 'x'],
    '--junit cannot be used with run find-capacity: a search has no cases; the result folder of each trial has a junit.xml',
  ],
  [
    ['find-capacity', '--vary', 'pushes', '--baseline', 'x'],
    '--baseline cannot be used with run find-capacity: its trials run at other rates; compare single runs, or the answers of two searches',
  ],
  [['async-chat', '--vary', 'pushes'], '--vary is an option of run find-capacity only'],
  [['--most-trials', '5'], '--most-trials is an option of run find-capacity only'],
])('run %j is refused in one line', async (args, line) => {
  expect(await refusalOf(...args)).toBe(`chatgauge: ${line}`)
})

it('a misspelt find-capacity is named', async () => {
  expect(await refusalOf('find-capacty', '--vary', 'pushes')).toContain('find-capacity')
})
