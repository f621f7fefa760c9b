import { expect, test } from 'vitest'
import { startText } from './start-text.ts'

test('the start text says where everything is that a client talks to', () => {
  const text = startText({ urls: ['http://a:1', 'http://a:2'], health: ['http://a:3'] })
  for (const path of ['1/genesys/2/chat/<', '2/genesys/2/chat/<', '1/genesys/cometd', '1/genesys/2/chat-ntf', '3'])
    expect(text).toContain(`http://a:${path}`)
})
