import { type Answer, readAnswer } from './answer.ts'
import type { Scene } from './scene.ts'

/** Who asks: the administrator with the credentials of the target, somebody with wrong ones, or with none. */
export type Asker = 'administrator' | 'stranger' | 'nobody'

/** The node status API of the first GMS node. */
export interface NodeApi {
  status(as?: Asker): Promise<Answer>
  /** After the story the node has the status that it had before. */
  changeStatus(word: string, as?: Asker): Promise<Answer>
  /** `GET /genesys/1/node`. */
  oldestForm(): Promise<Answer>
}

export function createNodeApi(scene: Scene): NodeApi {
  const { stack, conversation } = scene
  const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

  async function administrator(): Promise<string> {
    if (stack.nodeAuthorization) return stack.nodeAuthorization
    const options = await stack.control!.call<{ option: string; value: string }[]>('GET', '/options')
    const inForce = (wanted: string) => options.find(each => each.option === wanted)?.value ?? ''
    return basic(inForce('gms-username'), inForce('gms-password'))
  }

  async function authorizationOf(asker: Asker): Promise<string | undefined> {
    if (asker === 'administrator') return administrator()
    return asker === 'stranger' ? basic('stranger', 'wrong') : undefined
  }

  async function send(method: string, path: string, as: Asker) {
    scene.use('node api')
    const authorization = await authorizationOf(as)
    const headers = authorization === undefined ? {} : { authorization }
    return { headers, answer: readAnswer(await stack.http.send({ method, url: stack.urls[0] + path, headers })) }
  }

  async function ask(method: string, path: string, as: Asker): Promise<Answer> {
    const { headers, answer } = await send(method, path, as)
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    conversation.say({
      said: `${as} sends ${method} ${path} → ${answer.status} ${answer.text.slice(0, 40)}`,
      request: [`${method} ${stack.urls[0]}${path}`, ...head].join('\n'),
      answer: [`HTTP ${answer.status}`, `content-type: ${answer.headers['content-type']}`, '', answer.text].join('\n'),
    })
    return answer
  }

  const statusPath = '/genesys/1/admin/node/status'
  const changePath = (word: string) => `/genesys/1/admin/node/changestatus/${word}`
  let before: string | undefined

  /** A node that was OFFLINE for good reason stays so. */
  async function remember(): Promise<void> {
    if (before !== undefined) return
    before = (await send('GET', statusPath, 'administrator')).answer.text
    const known = before
    if (known === 'ONLINE' || known === 'OFFLINE')
      scene.undo('options', () => send('POST', changePath(known), 'administrator'))
  }

  return {
    status: (as = 'administrator') => ask('GET', statusPath, as),
    async changeStatus(word, as = 'administrator') {
      await remember()
      return ask('POST', changePath(word), as)
    },
    oldestForm: () => ask('GET', '/genesys/1/node', 'administrator'),
  }
}
