import { type Agent, createAgent } from './agent.ts'
import { type Browser, createBrowser } from './bayeux/browser.ts'
import { createBayeuxChecks } from './bayeux/checks.ts'
import { type Clock, createClock } from './clock.ts'
import { type CometCustomer, type CometInside, createCometCustomer } from './comet/customer.ts'
import { type Customer, type CustomerInside, createCustomer } from './customer.ts'
import { createMust, type Must } from './must.ts'
import { createNodeApi, type NodeApi } from './node-api.ts'
import type { Scene } from './scene.ts'
import { createServer, type Server } from './server.ts'
import { createSink, type Sink } from './sink.ts'

/** Who is in a story. Everybody is there from the beginning and does nothing until told to. */
export interface Story {
  customer: Customer
  /** One more customer, who has nothing to do with the first. */
  anotherCustomer(): Customer
  /** Of the first customer's chat, unless `joins` says another. */
  agent: Agent
  anotherAgent(nickname?: string): Agent
  /** The first customer's. */
  sink: Sink
  sinkOf(customer: Customer | CometCustomer): Sink
  /** A customer over CometD. */
  comet: CometCustomer
  anotherComet(): CometCustomer
  /** Bayeux without chat, right or wrong. */
  browser: Browser
  anotherBrowser(): Browser
  clock: Clock
  server: Server
  /** The node status API. */
  nodeApi: NodeApi
  must: Must
}

export interface StagedStory extends Story {
  /** What the story has not looked at is still held to its schema and order. */
  finish(): void
}

export function stageStory(scene: Scene, logStart: () => number): StagedStory {
  const customers: { customer: CustomerInside; sink: Sink }[] = []
  const comets: { customer: CometInside; sink: Sink }[] = []
  const addCustomer = () => {
    const name = customers.length === 0 ? 'customer' : `customer ${customers.length + 1}`
    const customer = createCustomer(scene, name)
    customers.push({ customer, sink: createSink(scene, customer) })
    return customer
  }
  const customer = addCustomer()
  const bayeux = createBayeuxChecks(scene)
  let browsers = 0
  const addComet = () => {
    const name = comets.length === 0 ? 'comet' : `comet ${comets.length + 1}`
    const customer = createCometCustomer(scene, bayeux, name)
    comets.push({ customer, sink: createSink(scene, customer) })
    return customer
  }
  const addBrowser = () => createBrowser(scene, bayeux, ++browsers === 1 ? 'browser' : `browser ${browsers}`)
  return {
    customer,
    anotherCustomer: addCustomer,
    agent: createAgent(scene, customer, 'Bob'),
    anotherAgent: (nickname = 'Eve') => createAgent(scene, customer, nickname),
    sink: customers[0]!.sink,
    sinkOf: wanted => [...customers, ...comets].find(each => each.customer === wanted)!.sink,
    comet: addComet(),
    anotherComet: addComet,
    browser: addBrowser(),
    anotherBrowser: addBrowser,
    clock: createClock(scene),
    server: createServer(scene, logStart),
    nodeApi: createNodeApi(scene),
    must: createMust(scene.case.rules, scene.report),
    finish() {
      for (const each of [...customers, ...comets]) each.sink.unseen().forEach(each.customer.checks.push)
      for (const each of customers) each.customer.checks.finish()
    },
  }
}
