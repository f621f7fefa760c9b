import { createCipheriv, createDecipheriv } from 'node:crypto'

/** What a token stands for (CV2-125); the service only where GCTI_GMS_ClientChannel asks for it (PUSH-047). */
export interface TokenContent {
  chatId: string
  secureKey: string
  service: string
  clientChannel?: string
}

export type WriteToken = (content: TokenContent) => string

/** What a token says; `service` is '' where the writer was not asked to name it. */
export type ReadToken = (token: string) => { chatId: string; secureKey: string; service: string } | undefined

const blockBytes = 16
/** A token costs a tenth of a whole POST, and a session's pushes come in groups: about 1 MB saves it most of the time. */
const keptTokens = 4096

/**
 * The opaque CometD key of `message.secureKey` (OQ-08): deterministic, and readable for each node of the cluster that has
 * `clusterKey` (16 bytes). One cipher object serves all tokens: in ECB mode blocks do not depend on each other, and a new
 * object for each push would cost more than the rest of its body. The raw key is random, so equal blocks tell nothing.
 */
export function createTokenWriter(clusterKey: Buffer): WriteToken {
  const cipher = createCipheriv('aes-128-ecb', clusterKey, null).setAutoPadding(false)
  const tokenByKey = new Map<string, string>()

  const write: WriteToken = content => {
    const service = content.clientChannel === undefined ? '' : content.service
    const text = `${content.secureKey}\n${content.chatId}\n${service}`
    const length = Buffer.byteLength(text)
    // A line break pads, since a service name cannot contain one.
    const plain = Buffer.alloc(Math.ceil(length / blockBytes) * blockBytes, 10)
    plain.write(text)
    return cipher.update(plain).toString('base64url')
  }

  return content => {
    // A raw key belongs to one session, whose client channel does not change.
    let token = tokenByKey.get(content.secureKey)
    if (token === undefined) {
      token = write(content)
      if (tokenByKey.size >= keptTokens) tokenByKey.delete(tokenByKey.keys().next().value!)
      tokenByKey.set(content.secureKey, token)
    }
    return token
  }
}

/** Longest token that is looked at: a service name may take the rest of an option's section name. */
const longestToken = 512
/** The ids as this server makes them (CV2-078), so that what deciphers to anything else is no token. */
const content = /^([0-9a-f]{16,20})\n([0-9A-Za-z]{16})\n([^\n]*)\n*$/

/**
 * Reads tokens of every node of the cluster. @returns undefined for what is no token of this cluster, a raw key among it
 * (CV2-152). Whether the key in it is right is for the Chat Server to say.
 */
export function createTokenReader(clusterKey: Buffer): ReadToken {
  const decipher = createDecipheriv('aes-128-ecb', clusterKey, null).setAutoPadding(false)
  // A client sends the same one with each of its messages.
  const known = new Map<string, ReturnType<ReadToken>>()

  const read: ReadToken = token => {
    if (token.length > longestToken || !/^[A-Za-z0-9_-]+$/.test(token)) return undefined
    const bytes = Buffer.from(token, 'base64url')
    // Whole blocks only: the one object keeps the rest of a broken one for the next token.
    if (bytes.length === 0 || bytes.length % blockBytes !== 0) return undefined
    const [, secureKey, chatId, service] = content.exec(decipher.update(bytes).toString()) ?? []
    return secureKey === undefined ? undefined : { secureKey, chatId: chatId!, service: service! }
  }

  return token => {
    let content = known.get(token)
    if (content === undefined) {
      content = read(token)
      if (content && known.size >= keptTokens) known.delete(known.keys().next().value!)
      if (content) known.set(token, content)
    }
    return content
  }
}
