import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module.js';
import { OrganizerProgrammesController } from './organizer-programmes.controller.js';
import { ProgrammesController } from './programmes.controller.js';
import { ProgrammesService } from './programmes.service.js';

@Module({
  imports: [CodesModule],
  controllers: [ProgrammesController, OrganizerProgrammesController],
  providers: [ProgrammesService],
})
export class ProgrammesModule {}
