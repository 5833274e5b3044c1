import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { getFolders } from '@projectionist/shared/api/system'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { guess } from './guess.js'
import { listFolders } from './list-folders.js'

@Controller()
export class FoldersHttp {
  @Handle(getFolders)
  async getFolders({ query }: Request<typeof getFolders>, _: Exchange): Promise<Response<typeof getFolders>> {
    const { path, parent, folders } = await listFolders(query.path)
    const guessed = query.guess && path !== null ? await guess(path) : null
    return {
      path,
      parent,
      folders: [...folders],
      guess: guessed && { counts: [...guessed.counts], more: guessed.more, examples: [...guessed.examples] },
    }
  }
}
