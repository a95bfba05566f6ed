package dev.tapetum.cli;

import picocli.CommandLine.Command;

/** {@code tapetum sae}, the commands about sparse autoencoders. */
@Command(
        name = "sae",
        description = "Trains sparse autoencoders, whose features an audit can speak of.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} sae train plan.conf",
            "  ${ROOT-COMMAND-NAME} sae train --help",
        },
        synopsisSubcommandLabel = "COMMAND")
final class SaeCommand {}
