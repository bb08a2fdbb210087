package io.savepointd.acceptance;

import io.savepointd.acceptance.world.World;

/** The core path on the newest Flink. */
class SupervisedJobIT extends SupervisedJobScenario {

  SupervisedJobIT(World world) {
    super(world, World.FLINK);
  }
}
