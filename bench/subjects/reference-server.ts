import { Pool } from 'undici'
import { payloadChatForm } from '../request-chat-form.ts'
import { serveSubject, settings } from './serve-subject.ts'
import { portOf, service, startServer } from './start-server.ts'

// The product under REST load: opens its sessions over REST itself, then the bench drives them.
const { sessions } = settings<{ sessions: number }>()
const server = await startServer()
const url = server.urls[0]!
const pool = new Pool(url, { connections: 1 })

const tokens: { chatId: string; form: string }[] = []
for (let i = 0; i < sessions; i++) {
  const { body } = await pool.request({
    method: 'POST',
    path: `/genesys/2/chat/${service}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: payloadChatForm(i),
  })
  const answer = (await body.json()) as { chatId: string; userId: string; secureKey: string; alias: string }
  const { chatId, userId, secureKey, alias } = answer
  tokens.push({ chatId, form: new URLSearchParams({ userId, secureKey, alias }).toString() })
}
await pool.close()

serveSubject({ port: portOf(url), service, tokens })
