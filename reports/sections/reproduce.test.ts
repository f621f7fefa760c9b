import { expect, test } from 'vitest'
import { readSample } from '../samples/read-sample.ts'
import { commandLine } from './reproduce.ts'

test('the command line has every option that shapes the run, quoted for a shell', () => {
  const result = readSample('pass')
  result.options = {
    sessions: 2000,
    'reply-delay': 'uniform(1s,3s)',
    service: "it's",
    'notify-requestor': true,
    insecure: false,
    threshold: ['push_latency p(99)<50', 'pushes_lost count==0'],
    target: '',
    out: '/somewhere',
    json: true,
  }
  expect(commandLine(result)).toBe(
    `npx chatgauge run async-chat --sessions 2000 --reply-delay 'uniform(1s,3s)' --service 'it'\\''s' --notify-requestor --threshold 'push_latency p(99)<50' --threshold 'pushes_lost count==0' --seed 20261120`,
  )
})
