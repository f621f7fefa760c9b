import type { FastifyInstance } from 'fastify'
import type { ControlledServer } from './controlled-server.ts'

/** GMS nodes, Chat Servers, their store and the links between them: start, stop through the control layer, kill, cut. */
export function addTopologyRoutes(app: FastifyInstance, server: ControlledServer): void {
  const { topology, store } = server
  const nodes = () => topology.nodes.map(node => ({ node: node.name, url: node.url(), running: Boolean(node.gms()) }))
  const servers = () =>
    topology.servers.map(slot => ({
      alias: slot.server.alias,
      state: slot.server.state,
      health: slot.healthUrl(),
      sessions: slot.server.chatIds().length,
    }))

  app.get('/gms-nodes', nodes)
  app.get('/chat-servers', servers)

  type Node = { Params: { node: string } }
  app.post<Node>('/gms-nodes/:node/start', ({ params }) => topology.startNode(params.node).then(nodes))
  app.post<Node>('/gms-nodes/:node/stop', ({ params }) => topology.stopNode(params.node, true).then(nodes))
  app.post<Node>('/gms-nodes/:node/kill', ({ params }) => topology.stopNode(params.node, false).then(nodes))

  type Server = { Params: { alias: string } }
  app.post<Server>('/chat-servers/:alias/start', ({ params }) => topology.startServer(params.alias).then(servers))
  app.post<Server>('/chat-servers/:alias/stop', ({ params }) => topology.stopServer(params.alias, true).then(servers))
  app.post<Server>('/chat-servers/:alias/kill', ({ params }) => topology.stopServer(params.alias, false).then(servers))

  const keepsFailing = (isFailing: boolean) => () => {
    store.fail(isFailing)
    return {}
  }
  app.post('/transcript-store/fail', keepsFailing(true))
  app.post('/transcript-store/repair', keepsFailing(false))

  type Link = { Params: { node: string; alias: string } }
  app.post<Link>('/links/:node/:alias/cut', ({ params }) => {
    topology.cutLink(params.node, params.alias)
    return {}
  })
  app.post<Link>('/links/:node/:alias/restore', ({ params }) => {
    topology.restoreLink(params.node, params.alias)
    return {}
  })
}
