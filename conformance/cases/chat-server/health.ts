import { cases } from '../../case.ts'

export const health = cases('chat-server', 'health', [
  {
    id: 'CS-110/members',
    title: 'the health page of a Chat Server has app_dbid and process_os_pid',
    rules: ['CS-110'],
    needs: ['server control'],
    async run({ server, must }) {
      const page = await server.health()
      must.equal(page.status, 200)
      must.match(String(page.body.app_dbid), /^\d+$/)
      must.match(String(page.body.process_os_pid), /^\d+$/)
    },
  },
])
