import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { startReceiver } from './main.ts'

test('[PUSH-153] of a reliable push the shard gets session, time, position and end, nothing of its event', async () => {
  const receiver = await startReceiver({ port: 0, host: '127.0.0.1', status: 200, log: () => {} })
  try {
    const socket = new WebSocket(`${receiver.url.replace('http', 'ws')}/triggers?run=abc&shard=3`)
    const frames: string[] = []
    socket.on('message', data => frames.push(String(data)))
    await once(socket, 'open')
    const event = {
      from: { nickname: '', participantId: 0, type: 'Client' },
      index: 0,
      text: 'PUSH-NOTIFICATION',
      type: 'PushUrl',
      utcTime: 1600000011000,
      userData: { 'notify-attempt': '0', 'notify-position': '11', 'session-id': 'C', 'user-id': 'U' },
    }
    const message = {
      secureKey: 'opaque-cometd-key',
      chatId: 'deprecated',
      nextPosition: 12,
      messages: [event],
      alias: '0',
      chatEnded: false,
      userId: 'deprecated',
      statusCode: 0,
      monitored: false,
    }
    const body = JSON.stringify({ message, deviceId: 'cg-abc-3-17' })
    await fetch(`${receiver.url}/push/node-1`, { method: 'POST', body })
    await vi.waitFor(() => expect(frames).toEqual([expect.stringMatching(/^17,\d+(\.\d+)?,12,0,0$/)]), {
      timeout: 5_000,
    })
  } finally {
    await receiver.close()
  }
})
