package dev.merapi.codegen.processor;

import dev.merapi.codegen.model.JavaName;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/**
 * What generated code can name: it stands in the package of the module.
 *
 * @param packageName that package
 */
record Reach(String packageName) {
    /** Why the code cannot name the element, and what to do; empty if it can. */
    String obstacle(Element element) {
        boolean near = packageOf(element).getQualifiedName().contentEquals(packageName);
        for (Element at = element; at != null && at.getKind() != ElementKind.PACKAGE; at = at.getEnclosingElement()) {
            Set<Modifier> modifiers = at.getModifiers();
            if (modifiers.contains(Modifier.PRIVATE)) {
                return "%s is private, and the generated code has to name it: leave the modifier out"
                        .formatted(at.getSimpleName());
            }
            if (!near && !modifiers.contains(Modifier.PUBLIC) && !isMemberOfInterface(at)) {
                return "%s is not public, and the generated code stands in package %s: make it public, or move it there"
                        .formatted(at.getSimpleName(), packageName);
            }
        }
        return "";
    }

    private static boolean isMemberOfInterface(Element element) {
        Element owner = element.getEnclosingElement();
        return owner != null && owner.getKind() == ElementKind.INTERFACE;
    }

    /** Whether every package can name it. */
    static boolean isPublic(TypeElement type) {
        return new Reach("").obstacle(type).isEmpty();
    }

    static PackageElement packageOf(Element element) {
        for (Element at = element; at != null; at = at.getEnclosingElement()) {
            if (at instanceof PackageElement found) {
                return found;
            }
        }
        throw new IllegalStateException(element + " is in no package");
    }

    /** The type an element is a member of, or the type itself. */
    static TypeElement ownerOf(Element element) {
        for (Element at = element; at != null; at = at.getEnclosingElement()) {
            if (at instanceof TypeElement found) {
                return found;
            }
        }
        throw new IllegalStateException(element + " is in no type");
    }

    static JavaName nameOf(TypeElement type) {
        String packageName = packageOf(type).getQualifiedName().toString();
        String qualified = type.getQualifiedName().toString();
        return new JavaName(
                packageName, packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1));
    }
}
