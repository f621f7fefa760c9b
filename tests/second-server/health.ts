// Chat Server's health metrics, on a port of their own: whoever watches them notices a restart.
import { createServer, type Server } from 'node:http'
import type { Desk } from './desk.ts'

export function createHealth(desk: Desk): Server {
  return createServer((incoming, response) => {
    incoming.resume()
    const found = (incoming.url ?? '').split('?')[0] === '/health' && incoming.method === 'GET'
    const page = {
      app_dbid: Number(desk.alias),
      // One process here plays every instance; each has a number of its own all the same.
      process_os_pid: process.pid + desk.restarts,
      live_sessions: desk.liveChats,
      total_sessions: desk.openedChats,
    }
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json;charset=UTF-8' })
    response.end(JSON.stringify(found ? page : { message: 'only GET /health' }))
  })
}
