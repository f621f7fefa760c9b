import { expect, test } from 'vitest'
import { pauseMs, tellChanges } from './coming-back.ts'

test('each try waits twice as long as the one before, at most two seconds', () => {
  expect([1, 2, 3, 7, 8, 9, 2000].map(pauseMs)).toEqual([20, 40, 80, 1280, 2000, 2000, 2000])
})

test('a state is told when it is another one, and why', () => {
  const told: string[] = []
  const changed = tellChanges('comet 2', text => void told.push(text))
  for (let n = 0; n < 9; n++) changed('handshaking', 'WebSocket closed with 1006')
  changed('handshaking', 'HTTP 503')
  changed('connecting', undefined)
  changed('connected', undefined)
  changed('handshaking', 'HTTP 503')
  expect(told).toEqual([
    'comet 2 is handshaking: WebSocket closed with 1006; it tries again, and later each time',
    'comet 2 is handshaking: HTTP 503; it tries again, and later each time',
    'comet 2 is connecting',
    'comet 2 is connected',
    'comet 2 is handshaking: HTTP 503; it tries again, and later each time',
  ])
})
