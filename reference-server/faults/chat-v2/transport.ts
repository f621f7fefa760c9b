import { conformFaults } from '../conform-fault.ts'

export const transport = conformFaults([
  {
    name: 'get-answered-404',
    rules: ['CV2-002'],
    does: 'A wrong method is answered 404 instead of 405.',
    looksLike: 'Routes are registered for POST alone, and everything else falls through to the default handler.',
    gate: () => ({ reply: reply => (reply.status === 405 ? { ...reply, status: 404 } : reply) }),
  },
  {
    name: 'no-allow-header',
    rules: ['CV2-002'],
    does: 'The 405 does not say which method is allowed.',
    looksLike: 'A proxy rewrites the error page and drops the header.',
    gate: () => ({
      reply(reply) {
        const { allow: _, ...headers } = reply.headers
        return { ...reply, headers }
      },
    }),
  },
  {
    name: 'latin-1-forms',
    rules: ['CV2-013'],
    does: 'Form values are read as Latin-1.',
    looksLike: 'The servlet container falls back on its default encoding because the form does not name one.',
    gate: () => ({
      form: form =>
        new URLSearchParams(
          [...form].map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')] as [string, string]),
        ),
    }),
  },
])
