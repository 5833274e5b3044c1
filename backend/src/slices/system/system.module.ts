import { Module } from '@nestjs/common'
import { SystemHttp } from './system.http.js'

@Module({ controllers: [SystemHttp] })
export class SystemModule {}
