import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { main } from '../program/main.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatgauge-serve-'))
const output = vi.spyOn(console, 'log').mockReturnValue()
const errors = vi.spyOn(console, 'error').mockReturnValue()
afterEach(() => vi.clearAllMocks())
afterAll(() => rmSync(folder, { recursive: true }))

const printed = () => output.mock.calls.map(([line]) => String(line)).join('\n')
const said = () => errors.mock.calls.map(([line]) => String(line)).join('\n')

async function printConfig(...args: string[]): Promise<string> {
  output.mockClear()
  expect(await main(['serve', '--print-config', ...args])).toBe(0)
  return printed()
}

const linesOf = (text: string) => text.split('\n').filter(line => !line.startsWith(';') && line !== '')

it('[OPT-120] without --config the asynchronous push set-up is in force, and pushes go to the default receiver', async () => {
  const lines = linesOf(await printConfig())
  expect(lines).toContain('flex-push-enabled = true')
  expect(lines).toContain('customhttp.url = http://127.0.0.1:9090/push')
})

it('--config alone means documented defaults plus that file', async () => {
  const file = join(folder, 'own.ini')
  writeFileSync(file, '[settings]\nflex-disconnect-timeout = 20\n')
  expect(linesOf(await printConfig('--config', file)).filter(line => line.includes('='))).toEqual([
    'flex-disconnect-timeout = 20',
  ])
})

it('what --print-config prints means the same when it is given back', async () => {
  const first = await printConfig('--set', 'settings.flex-disconnect-timeout=20')
  const file = join(folder, 'printed.ini')
  writeFileSync(file, first)
  expect(linesOf(await printConfig('--config', file)).sort()).toEqual(linesOf(first).sort())
})

it('--list-faults names each fault and what catches it', async () => {
  expect(await main(['serve', '--list-faults'])).toBe(0)
  expect(printed()).toMatch(/^drop-push\[:nth=\d+\]\n {4}.+\n {4}seen in .*payload.*; caught by /m)
})

it.each([
  [['--fault', 'drop-psh'], 'drop-push'],
  [['--set', 'flex-push-enabled'], '--set flex-push-enabled: section.option=value is needed'],
  [['--port', '70000'], '--port 70000: a whole number from 0 to 65535 is needed'],
  [['--time-scale', 'fast'], '--time-scale fast: a number above 0'],
  [['--agent-rate', '3'], '--agent-rate '],
  [['--log-level', 'wran'], 'did you mean warn?'],
  [['--config', '/no/such.ini'], '/no/such.ini'],
  [['--control-port', '0', '--control-host', '0.0.0.0'], '--control-token TEXT is needed'],
])('%j is refused before anything starts', async (args, message) => {
  expect(await main(['serve', ...args])).toBe(2)
  expect(said()).toContain(message)
  expect(errors).toHaveBeenCalledTimes(1)
})
