package dev.merapi.testing.system.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The compiled main classes of the rooms on the class path; read once, since that takes a second. */
final class MainClasses {
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .withImportOption(location -> !location.contains("dev/merapi/testing/"))
            .importPackages("dev.merapi");

    private MainClasses() {}
}
