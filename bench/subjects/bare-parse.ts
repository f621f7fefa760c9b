import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { serveSubject } from './serve-subject.ts'

// The bare limit of an intake: fastify with its own JSON parser, an empty answer, nothing else.
const app = Fastify()
app.post('/*', (_request, reply) => reply.send())
await app.listen({ port: 0, host: '127.0.0.1' })
serveSubject({ port: (app.server.address() as AddressInfo).port })
