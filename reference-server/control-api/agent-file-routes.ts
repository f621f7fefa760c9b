import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import type { ControlledServer } from './controlled-server.ts'
import { Refused } from './refused.ts'

const text = { type: 'string', minLength: 1 }
const id = { type: 'integer', minimum: 1 }
/** Base64 in JSON: for tests, which play with small files. */
const bodyLimit = 16_000_000

interface Upload {
  participantId: number
  name: string
  content: string
  type?: string
  userData?: Record<string, string>
}

const uploadBody = {
  type: 'object',
  required: ['participantId', 'name', 'content'],
  properties: {
    participantId: id,
    name: text,
    content: { type: 'string' },
    type: { type: 'string', pattern: '^[\\w!#$&^.+-]+/[\\w!#$&^.+-]+$' },
    userData: { type: 'object', additionalProperties: { type: 'string' } },
  },
}
const deletionBody = {
  type: 'object',
  required: ['participantId', 'fileId'],
  properties: { participantId: id, fileId: text },
}

/** The agent's side of the files of a chat (gms-chat-v2 8). */
export function addAgentFileRoutes(app: FastifyInstance, server: ControlledServer): void {
  const desks = server.topology.servers.map(each => each.server.desk)
  const deskOf = (chatId: string) => {
    const desk = desks.find(each => each.view(chatId))
    if (!desk) throw new Refused(404, `no session ${chatId}`)
    return desk
  }
  const refusal = (name: string) =>
    new Refused(409, `${name} is not possible: the session is over or has no such participant or file`)

  app.post<{ Params: { chatId: string }; Body: Upload }>(
    '/sessions/:chatId/upload',
    { schema: { body: uploadBody }, bodyLimit },
    async ({ params: { chatId }, body }) => {
      const desk = deskOf(chatId)
      const { participantId, name, content, type = 'application/octet-stream', userData } = body
      const kept = await server.files.put(Readable.from([Buffer.from(content, 'base64')]))
      if (kept === 'full') throw new Refused(409, 'the file store is full')
      if (!desk.upload(chatId, participantId, { ...kept, name, type }, userData)) {
        server.files.remove(kept.fileId)
        throw refusal('upload')
      }
      return { fileId: kept.fileId }
    },
  )
  app.post<{ Params: { chatId: string }; Body: { participantId: number; fileId: string } }>(
    '/sessions/:chatId/delete-file',
    { schema: { body: deletionBody } },
    ({ params: { chatId }, body: { participantId, fileId } }) => {
      if (!deskOf(chatId).deleteFile(chatId, participantId, fileId)) throw refusal('delete-file')
      return {}
    },
  )
  app.get<{ Params: { chatId: string; fileId: string } }>(
    '/sessions/:chatId/files/:fileId',
    async ({ params: { chatId, fileId } }) => {
      const file = deskOf(chatId)
        .view(chatId)!
        .files.find(each => each.fileId === fileId)
      const content = file && (await server.files.read(fileId))
      if (!content) throw new Refused(404, `no file ${fileId}`)
      return { ...file, content: (await buffer(content)).toString('base64') }
    },
  )
}
