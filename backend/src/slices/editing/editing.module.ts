import { Module } from '@nestjs/common'
import { EditingHttp } from './editing.http.js'

/** Lets people write over what files and sources say of items. */
@Module({ controllers: [EditingHttp] })
export class EditingModule {}
