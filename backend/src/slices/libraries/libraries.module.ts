import { Module } from '@nestjs/common'
import { handles } from '../../platform/eventing/handles.js'
import { LibrariesHttp } from './libraries.http.js'
import { AddLibrary, ChangeLibrary, library, RemoveLibrary } from './library.js'

@Module({
  controllers: [LibrariesHttp],
  providers: [handles(AddLibrary, library), handles(ChangeLibrary, library), handles(RemoveLibrary, library)],
})
export class LibrariesModule {}
